#include "decoders/url_parts.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

TEST(PathOf, ReadsOriginAndAbsoluteForms) {
  EXPECT_EQ(path_of("/adfs/ls/?wa=wsignin1.0"), "/adfs/ls/");
  EXPECT_EQ(path_of("http://autodiscover.contoso.com/autodiscover/autodiscover.xml"),
            "/autodiscover/autodiscover.xml");
  EXPECT_EQ(path_of("https://sts.contoso.com"), "/");
  EXPECT_EQ(path_of("https://sts.contoso.com?x=/y"), "/");
  EXPECT_EQ(path_of("sts.contoso.com:443"), "");
  EXPECT_EQ(path_of("*"), "");
  EXPECT_EQ(path_of(""), "");
}

TEST(QueryOf, StandsBetweenMarkAndFragment) {
  EXPECT_EQ(query_of("/x?a=1&b=2#token"), "a=1&b=2");
  EXPECT_EQ(query_of("/x#frag?a=1"), "");
  EXPECT_EQ(query_of("/x"), "");
}

TEST(LastSegment, IsWhatFollowsTheLastSlash) {
  EXPECT_EQ(last_segment("/adfs/services/trust/mex"), "mex");
  EXPECT_EQ(last_segment("/adfs/ls/"), "");
  EXPECT_EQ(last_segment("mex"), "mex");
}

TEST(IgnoringCase, FindsPartsOfAnyCase) {
  EXPECT_TRUE(ends_with_ignoring_case("/Autodiscover/Autodiscover.XML", "autodiscover.xml"));
  EXPECT_FALSE(ends_with_ignoring_case("xml", "autodiscover.xml"));
  EXPECT_TRUE(starts_with_ignoring_case("TEXT/html; charset=x", "text/html"));
  EXPECT_EQ(find_ignoring_case("/common/UserRealm/x", "/userrealm/"), 7U);
  EXPECT_EQ(find_ignoring_case("/common", "/userrealm/"), std::string_view::npos);
}

TEST(PercentDecoded, KeepsBrokenEscapes) {
  EXPECT_EQ(percent_decoded("mara%40contoso.com"), "mara@contoso.com");
  EXPECT_EQ(percent_decoded("100%"), "100%");
  EXPECT_EQ(percent_decoded("%4"), "%4");
  EXPECT_EQ(percent_decoded("%zz+"), "%zz+");
  EXPECT_EQ(percent_decoded("a+b", true), "a b");
}

TEST(QueryValue, FindsTheFirstOfThatName) {
  EXPECT_EQ(query_value("xml=1&Login=mara%40contoso.com&login=other", "login"), "mara@contoso.com");
  EXPECT_EQ(query_value("xlogin=1", "login"), "");
  EXPECT_EQ(query_value("login", "login"), "");
  EXPECT_EQ(query_value("", "login"), "");
}

TEST(RedactedUrl, KeepsWhatIsNoSecret) {
  EXPECT_EQ(
      redacted_url("https://sts.contoso.com/adfs/ls/?username=mara%40contoso.com&wa=wsignin1.0"
                   "&wctx=estsrequest%3dCANARY&wtrealm=urn%3afederation"),
      "https://sts.contoso.com/adfs/ls/?username=mara%40contoso.com&wa=wsignin1.0"
      "&wctx=[redacted]&wtrealm=urn%3afederation");
  EXPECT_EQ(redacted_url("https://h/p"), "https://h/p");
  EXPECT_EQ(redacted_url("urn:federation:MicrosoftOnline"), "urn:federation:MicrosoftOnline");
}

TEST(RedactedUrl, HidesEverySecretForm) {
  EXPECT_EQ(redacted_url("https://h/?CODE=CANARY"), "https://h/?CODE=[redacted]");
  EXPECT_EQ(redacted_url("https://h/?a&c%6fde=CANARY"), "https://h/?a&c%6fde=[redacted]");
  for (const std::string_view name : {"sCtx", "PPFT", "user_code", "sFT", "otc"}) {
    const std::string url = "https://h/?" + std::string(name) + "=";
    EXPECT_EQ(redacted_url(url + "CANARY"), url + "[redacted]");
  }
  EXPECT_EQ(redacted_url("https://h/#access_token=CANARY"), "https://h/");
  EXPECT_EQ(redacted_url("https://mara:CANARY@h/p?x=1"), "https://mara:[redacted]@h/p?x=1");
  EXPECT_EQ(redacted_url("https://mara:CANARY@h"), "https://mara:[redacted]@h");
}

}  // namespace
}  // namespace exotap
