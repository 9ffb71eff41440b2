#include "decoders/auth/bearer_challenge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Facts stated(std::string_view value) {
  ChallengeReader reader(value);
  Challenge challenge;
  Facts facts;
  while (reader.next(challenge)) state_bearer_challenge(challenge, facts);
  return facts;
}

TEST(BearerChallenge, OfExchangeSaysWhoseTokensItTakes) {
  expect_facts(
      stated("Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", "
             "trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", "
             "token_types=\"app_asserted_user_v1 service_asserted_app_v1\", "
             "authorization_uri=\"https://login.windows.net/common/oauth2/authorize\", "
             "error=\"invalid_token\""),
      {{"oauth.challenge.client_id", "00000002-0000-0ff1-ce00-000000000000"},
       {"oauth.challenge.trusted_issuers", "00000001-0000-0000-c000-000000000000@*"},
       {"oauth.challenge.token_types", "app_asserted_user_v1 service_asserted_app_v1"},
       {"oauth.challenge.authorization_uri", "https://login.windows.net/common/oauth2/authorize"},
       {"oauth.challenge.error", "invalid_token"}});
}

TEST(BearerChallenge, OfOtherServicesNamesItsResource) {
  expect_facts(
      stated("Bearer authorization=\"https://login.contoso.com/a?code=s3cr3t\", "
             "resource=\"https://graph.contoso.com\", scope=\"Mail.Read\", "
             "resource_metadata=\"https://h/.well-known/oauth-protected-resource?code=s3cr3t\""),
      {{"oauth.challenge.authorization_uri", "https://login.contoso.com/a?code=[redacted]"},
       {"oauth.challenge.resource", "https://graph.contoso.com"},
       {"oauth.challenge.scope", "Mail.Read"},
       {"oauth.challenge.resource_metadata",
        "https://h/.well-known/oauth-protected-resource?code=[redacted]"}});
}

TEST(BearerChallenge, ClaimsAreNamed) {
  const std::string json =
      R"({"access_token":{"nbf":{"essential":true,"value":"1604106651"},"acrs":{"value":"c1"}},)"
      R"("id_token":{"amr":null}})";
  const auto names = ElementsAre("access_token.nbf", "access_token.acrs", "id_token.amr");
  EXPECT_THAT(values_of(stated("Bearer claims=\"" + base64(json) + "\""), "oauth.challenge.claim"),
              names);
  std::string escaped;
  for (const char c : json) escaped += c == '"' ? std::string("\\\"") : std::string(1, c);
  const Facts plain = stated("Bearer claims=\"" + escaped + "\"");
  EXPECT_THAT(values_of(plain, "oauth.challenge.claim"), names);
  EXPECT_TRUE(plain.is_true(kOauthChallengeClaims));
}

TEST(BearerChallenge, ClaimsThatCannotBeReadAreStillDemanded) {
  for (const char* claims : {"", "!!!", "eyJhY2Nlc3Mi", "W10=", "{\\\"a\\\":1}"}) {
    const Facts facts = stated("Bearer claims=\"" + std::string(claims) + "\"");
    EXPECT_TRUE(facts.is_true(kOauthChallengeClaims)) << claims;
    EXPECT_THAT(values_of(facts, "oauth.challenge.claim"), IsEmpty()) << claims;
  }
}

TEST(BearerChallenge, ClaimsAreBounded) {
  std::string json = "{";
  for (int i = 0; i < 40; ++i) json += "\"t" + std::to_string(i) + "\":{\"a\":1,\"b\":2},";
  json.back() = '}';
  EXPECT_EQ(
      values_of(stated("Bearer claims=\"" + base64(json) + "\""), "oauth.challenge.claim").size(),
      kMaxChallengeClaims);
}

}  // namespace
}  // namespace exotap
