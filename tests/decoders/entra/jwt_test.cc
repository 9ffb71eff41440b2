#include "decoders/entra/jwt.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/entra/made_token.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::made_token;
using testing::value_of;
using testing::values_of;

constexpr std::int64_t kNow = 1'760'000'000;

Facts of(std::string_view token, std::int64_t now = kNow) {
  Facts facts;
  EXPECT_EQ(state_jwt(token, "authorization", now, facts), !token.empty());
  return facts;
}

TEST(Jwt, TellsATokenForExchange) {
  const Facts facts = of(made_token(
      R"({"aud":"https://outlook.office365.com","iss":"https://sts.windows.net/1111/","iat":)"
      R"(1759999000,"nbf":1759999000,"exp":1760003600,"acr":"1","amr":["pwd","mfa"],"appid":)"
      R"("d3590ed6-52b3-4102-aeff-aad2292ab01c","scp":"user_impersonation","tid":"1111","upn":)"
      R"("anna@contoso.com","ver":"1.0","deviceid":"CANARY","xms_cc":["cp1"],"oid":"CANARY",)"
      R"("puid":"CANARY","ipaddr":"CANARY","uti":"CANARY","nonce":"CANARY"})",
      R"({"typ":"JWT","alg":"RS256","kid":"key-1","x5t":"CANARY","nonce":"CANARY"})"));
  expect_facts(facts, {{"jwt.carrier", "authorization"},
                       {"jwt.form", "signed"},
                       {"jwt.typ", "JWT"},
                       {"jwt.alg", "RS256"},
                       {"jwt.kid", "key-1"},
                       {"jwt.aud", "https://outlook.office365.com"},
                       {"jwt.aud.name", "Office 365 Exchange Online"},
                       {"jwt.iss", "https://sts.windows.net/1111/"},
                       {"jwt.tid", "1111"},
                       {"jwt.appid", "d3590ed6-52b3-4102-aeff-aad2292ab01c"},
                       {"jwt.app.name", "Microsoft Office"},
                       {"jwt.ver", "1.0"},
                       {"jwt.issued_at", "2025-10-09T08:36:40Z"},
                       {"jwt.not_before", "2025-10-09T08:36:40Z"},
                       {"jwt.expires", "2025-10-09T09:53:20Z"},
                       {"jwt.seconds_left", "3600"},
                       {"jwt.scp", "user_impersonation"},
                       {"jwt.amr", "pwd"},
                       {"jwt.amr", "mfa"},
                       {"jwt.acr", "1"},
                       {"jwt.on_device", "true"},
                       {"jwt.cae", "true"},
                       {"user.name", "anna@contoso.com"}});
  EXPECT_FALSE(facts.has(fact::kJwtSecondsToStart));
  expect_never_told(facts, "CANARY");
}

TEST(Jwt, ComparesItsTimesWithTheExchanges) {
  const std::string token = made_token(R"({"nbf":1760000000,"exp":1760003600})");
  EXPECT_EQ(value_of(of(token, 1'760'003'700), "jwt.seconds_left"), "-100");
  EXPECT_EQ(value_of(of(token, 1'759'999'940), "jwt.seconds_to_start"), "60");
  EXPECT_EQ(value_of(of(token, 1'760'000'000), "jwt.seconds_to_start"), "(absent)");
  const Facts none = of(made_token(R"({"exp":"soon","nbf":null,"iat":9e99})"));
  EXPECT_FALSE(none.has(fact::kJwtSecondsLeft));
  EXPECT_FALSE(none.has(fact::kJwtIssuedAt));
  const Facts far = of(made_token(R"({"exp":9223372036854775807,"nbf":9223372036854775807})"), -5);
  EXPECT_FALSE(far.has(fact::kJwtSecondsLeft));
  EXPECT_FALSE(far.has(fact::kJwtSecondsToStart));
}

TEST(Jwt, TellsAnApplicationsToken) {
  expect_facts(of(made_token(R"({"aud":["00000002-0000-0ff1-ce00-000000000000","x"],"azp":)"
                             R"("11111111-2222-3333-4444-555555555555","idtyp":"app","roles":)"
                             R"(["full_access_as_app","b"],"ver":"2.0"})")),
               {{"jwt.aud.name", "Office 365 Exchange Online"},
                {"jwt.appid", "11111111-2222-3333-4444-555555555555"},
                {"jwt.is_app", "true"},
                {"jwt.role_count", "2"},
                {"jwt.ver", "2.0"}});
}

TEST(Jwt, TakesTheFirstNameOfItsUser) {
  EXPECT_EQ(
      values_of(of(made_token(R"({"preferred_username":"c","unique_name":"b"})")), "user.name"),
      std::vector<std::string>{"b"});
  EXPECT_EQ(value_of(of(made_token(R"({"preferred_username":"c"})")), "user.name"), "c");
}

TEST(Jwt, TellsOnlyTheHeaderOfAnEncryptedOne) {
  const Facts facts = of(testing::base64url(R"({"typ":"JWT","alg":"RSA-OAEP","enc":"A256GCM"})") +
                         ".CANARY.CANARY.CANARY.CANARY");
  expect_facts(facts, {{"jwt.form", "encrypted"}, {"jwt.alg", "RSA-OAEP"}});
  expect_never_told(facts, "CANARY");
}

TEST(Jwt, CallsEverythingElseOpaque) {
  for (const std::string_view token : {"EwBCANARYopaque", "a.b", "a.b.c", "..", "....", "a.b.c.d",
                                       "a.b.c.d.e.f", "eyJ.eyJ.x", "W10.W10.x"}) {
    const Facts facts = of(token);
    EXPECT_EQ(value_of(facts, "jwt.form"), "opaque") << token;
    EXPECT_EQ(facts.size(), 2U) << token;
    expect_never_told(facts, "CANARY");
  }
  EXPECT_EQ(value_of(of(made_token("{}") + std::string(kMaxJwtBytes, 'x')), "jwt.form"), "opaque");
  EXPECT_TRUE(of("").empty());
}

TEST(Jwt, BoundsWhatItStates) {
  std::string methods;
  for (int i = 0; i < 100; ++i) methods += ",\"m" + std::to_string(i) + "\"";
  const Facts facts =
      of(made_token("{\"amr\":[\"a\"" + methods + "],\"tid\":\"" + std::string(1000, 't') +
                    "\",\"aud\":\"" + std::string(1000, 'a') + "\"}"));
  EXPECT_EQ(values_of(facts, "jwt.amr").size(), kMaxJwtMethods);
  EXPECT_FALSE(facts.has(fact::kJwtTenant));
  EXPECT_FALSE(facts.has(fact::kJwtAudience));
}

TEST(Jwt, NeverStatesItsSignature) {
  expect_never_told(of(made_token(R"({"aud":"a"})")), testing::kSignature);
}

}  // namespace
}  // namespace exotap
