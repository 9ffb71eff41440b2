#include "decoders/federation/passive_parameters.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(PassiveParameters, AreReadFromUrlsAndForms) {
  const PassiveParameters url("wa=wsignin1.0&wctx=a%26b+c", PassiveBinding::redirect, "https://x/");
  EXPECT_EQ(url.value("wa"), "wsignin1.0");
  EXPECT_EQ(url.value("wctx"), "a&b c");
  EXPECT_FALSE(url.has("wresult"));
  EXPECT_EQ(name_of(url.binding()), "redirect");

  const HtmlForm form{"/x", {{"wa", "wsignin1.0"}, {"wresult", ""}}};
  const PassiveParameters page(form, "https://y/x");
  EXPECT_EQ(page.value("wa"), "wsignin1.0");
  EXPECT_FALSE(page.has("wresult"));
  EXPECT_FALSE(page.has("wctx"));
  EXPECT_EQ(name_of(page.binding()), "page");
  EXPECT_EQ(page.place(), "https://y/x");
  EXPECT_EQ(name_of(PassiveBinding::post), "post");
}

TEST(PassiveParameters, AreHintedAtByTheirNames) {
  for (const char* text : {"wa=wsignin1.0", "a=b&wa=wsignout1.0", "<input name=\"wresult\"",
                           "SAMLRequest=x", "SAMLResponse=x", "RelayState=a&SAMLart=x"}) {
    EXPECT_TRUE(mentions_passive_sign_in(text)) << text;
  }
  for (const char* text : {"", "MailboxId=a", "wa=other", "samlish"}) {
    EXPECT_FALSE(mentions_passive_sign_in(text)) << text;
  }
}

TEST(SamePlace, LooksAtHostAndPath) {
  EXPECT_TRUE(same_place("https://Login.contoso.com:443/a?b#c", "https://login.contoso.com/A"));
  EXPECT_TRUE(same_place("https://a.com", "http://a.com:80/"));
  EXPECT_TRUE(same_place(" https://a.com/x", "https://a.com/x"));
  EXPECT_FALSE(same_place("https://a.com/x", "https://a.com/y"));
  EXPECT_FALSE(same_place("https://a.com:8443/x", "https://a.com/x"));
  EXPECT_FALSE(same_place("https://a.com/x", "https://b.com/x"));
  EXPECT_TRUE(same_place("", ""));
}

}  // namespace
}  // namespace exotap
