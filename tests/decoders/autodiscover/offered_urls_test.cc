#include "decoders/autodiscover/offered_urls.h"

#include <gtest/gtest.h>

#include "decoders/autodiscover/discovery_facts.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::values_of;

TEST(OfferedUrls, StatesEachOnceInItsOrder) {
  Facts facts;
  OfferedUrls urls(facts);
  EXPECT_TRUE(urls.add("EwsUrl", "https://mail.contoso.com/EWS"));
  EXPECT_TRUE(urls.add("EwsUrl", "https://mail.contoso.com/EWS"));
  EXPECT_TRUE(urls.add("OABUrl", "HTTP://mail.contoso.com/oab"));
  EXPECT_EQ(values_of(facts, "autodiscover.url"),
            (std::vector<std::string>{"EwsUrl=https://mail.contoso.com/EWS",
                                      "OABUrl=HTTP://mail.contoso.com/oab"}));
}

TEST(OfferedUrls, SaysWhatIsNoUrl) {
  Facts facts;
  OfferedUrls urls(facts);
  EXPECT_FALSE(urls.add("OABUrl", "Public Folder"));
  EXPECT_FALSE(urls.add("OABUrl", ""));
  EXPECT_FALSE(urls.add("OABUrl", "httpsomething"));
  EXPECT_TRUE(facts.empty());
}

TEST(OfferedUrls, TellsNoSecretAndHoldsItsBound) {
  Facts facts;
  OfferedUrls urls(facts);
  urls.add("EwsUrl", "https://u:CANARY@h/?access_token=CANARY#CANARY");
  testing::expect_never_told(facts, "CANARY");
  for (int i = 0; i < 200; ++i) urls.add("Url", "https://h/" + std::to_string(i));
  EXPECT_TRUE(urls.full());
  EXPECT_EQ(values_of(facts, "autodiscover.url").size(), kMaxOfferedUrls);
}

}  // namespace
}  // namespace exotap
