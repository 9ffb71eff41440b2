#include "decoders/secret_query.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

std::string redacted(std::string_view query) {
  std::string out;
  append_redacted_query(out, query);
  EXPECT_EQ(query_has_secret(query), out != query) << query;
  return out;
}

TEST(SecretQuery, OrdinaryParametersStay) {
  EXPECT_EQ(redacted("login=user@contoso.com&xml=1"), "login=user@contoso.com&xml=1");
  EXPECT_EQ(redacted("MailboxId=0000@contoso.com"), "MailboxId=0000@contoso.com");
  EXPECT_EQ(redacted("wa=wsignin1.0&wtrealm=urn:federation:MicrosoftOnline"),
            "wa=wsignin1.0&wtrealm=urn:federation:MicrosoftOnline");
  EXPECT_EQ(redacted(""), "");
  EXPECT_EQ(redacted("sts.contoso.com:6004"), "sts.contoso.com:6004");
}

TEST(SecretQuery, SecretValuesGoInAnyCaseAndPlace) {
  EXPECT_EQ(redacted("code=0.AXoA&state=5"), "code=[redacted]&state=5");
  EXPECT_EQ(redacted("state=5&CODE=0.AXoA"), "state=5&CODE=[redacted]");
  EXPECT_EQ(redacted("a=1&SAMLRequest=fVLL&b=2"), "a=1&SAMLRequest=[redacted]&b=2");
  EXPECT_EQ(redacted("a=1;password=p;b=2"), "a=1;password=[redacted];b=2");
}

TEST(SecretQuery, EveryParameterOfThePlanIsSecret) {
  for (const char* name :
       {"code",        "token",        "access_token",  "id_token",  "refresh_token",
        "password",    "passwd",       "client_secret", "assertion", "client_assertion",
        "SAMLRequest", "SAMLResponse", "wresult",       "wctx",      "ctx",
        "flowtoken",   "canary",       "sig",           "SAMLart",   "Signature",
        "RelayState",  "wresultptr"}) {
    EXPECT_TRUE(query_has_secret(std::string("x=1&") + name + "=s3cret")) << name;
  }
}

TEST(SecretQuery, EscapedNamesHideNothing) {
  EXPECT_EQ(redacted("%63ode=0.AXoA"), "%63ode=[redacted]");
}

TEST(SecretQuery, ASecretInsideAValueTakesTheValueWithIt) {
  EXPECT_EQ(redacted("wreply=https%3A%2F%2Fportal%2F%3Fcode%3Ds3cret&x=1"),
            "wreply=[redacted]&x=1");
  EXPECT_EQ(redacted("wreply=https%253A%252F%252Fportal%252F%253Ftoken%253Ds3cret"),
            "wreply=[redacted]");
  EXPECT_EQ(redacted("wreply=https%3A%2F%2Fportal%2F%3Fstate%3D1"),
            "wreply=https%3A%2F%2Fportal%2F%3Fstate%3D1");
}

TEST(SecretQuery, AnEscapedValueTooLongToSearchGoesWhole) {
  EXPECT_EQ(redacted("a=%20" + std::string(kMaxSearchedValue, 'x')), "a=[redacted]");
}

TEST(SecretQuery, AnEmptySecretIsNone) { EXPECT_EQ(redacted("code=&x=1"), "code=&x=1"); }

TEST(ShownUrl, KeepsWhereButNotWho) {
  EXPECT_EQ(shown_url("https://sts.contoso.com/adfs/ls/?wa=wsignin1.0&wctx=s3cret"),
            "https://sts.contoso.com/adfs/ls/?wa=wsignin1.0&wctx=[redacted]");
  EXPECT_EQ(shown_url("https://user:s3cret@sts.contoso.com/"),
            "https://user:[redacted]@sts.contoso.com/");
  EXPECT_EQ(shown_url("https://app/cb#id_token=s3cret"), "https://app/cb");
  EXPECT_EQ(shown_url("/relative?x=1"), "/relative?x=1");
  EXPECT_EQ(shown_url(""), "");
}

}  // namespace
}  // namespace exotap
