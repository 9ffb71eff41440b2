#include "decoders/flow/url_host.h"

#include <gtest/gtest.h>

namespace exotap::flow {
namespace {

TEST(UrlHost, IsTheNameAlone) {
  EXPECT_EQ(host_of_url("https://sts.contoso.com:443/adfs/ls"), "sts.contoso.com");
  EXPECT_EQ(host_of_url("https://u:p@h.example?x=/"), "h.example");
  EXPECT_EQ(host_of_url("http://h#f"), "h");
  EXPECT_EQ(host_of_url("/autodiscover/autodiscover.xml"), "");
  EXPECT_EQ(lower_host_of_url("https://Mail.Contoso.COM/x"), "mail.contoso.com");
  EXPECT_EQ(lower_host_of_url("https://" + std::string(300, 'a') + "/x"), "");
}

TEST(UrlHost, OfAnAddressIsItsDomain) {
  EXPECT_EQ(lower_domain_of_address("ada@Contoso.com"), "contoso.com");
  EXPECT_EQ(lower_domain_of_address("ada"), "");
  EXPECT_EQ(lower_domain_of_address("ada@" + std::string(300, 'a')), "");
}

TEST(MicrosoftHost, IsToldByWholeLabels) {
  EXPECT_TRUE(is_microsoft_host("outlook.com"));
  EXPECT_TRUE(is_microsoft_host("autodiscover-s.outlook.com"));
  EXPECT_TRUE(is_microsoft_host("contoso.mail.onmicrosoft.com"));
  EXPECT_FALSE(is_microsoft_host("myoutlook.com"));
  EXPECT_FALSE(is_microsoft_host("contoso.com"));
  EXPECT_FALSE(is_microsoft_host(""));
}

}  // namespace
}  // namespace exotap::flow
