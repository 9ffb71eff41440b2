#include "decoders/entra/oauth_answer.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/entra/oauth_request.h"
#include "tests/decoders/entra/made_token.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::made_token;
using testing::value_of;
using testing::values_of;

Facts of(const std::string& json) {
  const JsonDocument document(json);
  Facts facts;
  state_oauth_success(document.root(), 1'760'000'000, facts);
  return facts;
}

TEST(OAuthAnswer, TellsATokenByItsKind) {
  const Facts facts = of(
      R"({"token_type":"Bearer","scope":"https://outlook.office365.com/EWS.AccessAsUser.All",)"
      R"("expires_in":3599,"ext_expires_in":3599,"access_token":"CANARY","refresh_token":"CANARY",)"
      R"("id_token":"CANARY","foci":"1","client_info":")" +
      testing::base64url(R"({"uid":"user-1","utid":"tenant-1"})") + R"("})");
  expect_facts(facts, {{"oauth.token_type", "Bearer"},
                       {"oauth.scope", "https://outlook.office365.com/EWS.AccessAsUser.All"},
                       {"oauth.resource.name", "Office 365 Exchange Online"},
                       {"oauth.expires_in", "3599"},
                       {"oauth.user.id", "user-1"},
                       {"oauth.user.tenant", "tenant-1"},
                       {"jwt.carrier", "access_token"},
                       {"jwt.form", "opaque"}});
  EXPECT_EQ(values_of(facts, "oauth.issued"),
            (std::vector<std::string>{"access_token", "refresh_token", "id_token"}));
  expect_never_told(facts, "CANARY");
}

TEST(OAuthAnswer, ReadsTheIdTokenWhereNoAccessTokenIs) {
  const Facts facts =
      of(R"({"id_token":")" + made_token(R"({"preferred_username":"anna@contoso.com"})") + R"("})");
  expect_facts(facts, {{"jwt.carrier", "id_token"}, {"user.name", "anna@contoso.com"}});
  expect_never_told(facts, testing::kSignature);
}

TEST(OAuthAnswer, TellsWhereADeviceSendsItsUser) {
  const Facts facts = of(
      R"({"user_code":"CANARY","device_code":"CANARY","verification_uri":)"
      R"("https://microsoft.com/devicelogin","expires_in":900,"interval":5,"message":"CANARY"})");
  expect_facts(facts, {{"oauth.issued", "device_code"},
                       {"oauth.device.verification_domain", "microsoft.com"},
                       {"oauth.device.interval", "5"},
                       {"oauth.expires_in", "900"}});
  expect_never_told(facts, "CANARY");
  EXPECT_EQ(value_of(of(R"({"device_code":"x","verification_url":"https://u:CANARY@h:1/p"})"),
                     "oauth.device.verification_domain"),
            "h:1");
}

TEST(OAuthAnswer, StatesNothingOfNothing) {
  for (const std::string json :
       {"{}", "[]", "null", R"({"access_token":5,"client_info":"!!"})",
        R"({"access_token":"","expires_in":"soon","client_info":"e30"})"}) {
    Facts facts = of(json);
    EXPECT_EQ(value_of(facts, "oauth.user.id"), "(absent)") << json;
    EXPECT_EQ(value_of(facts, "oauth.expires_in"), "(absent)") << json;
  }
}

TEST(OAuthParameters, TellWhatARedirectCarriesByName) {
  Facts facts;
  state_oauth_parameters("code=CANARY&id_token=CANARY&state=CANARY&refresh_token=", facts);
  EXPECT_EQ(values_of(facts, "oauth.issued"), (std::vector<std::string>{"id_token", "code"}));
  expect_never_told(facts, "CANARY");
}

}  // namespace
}  // namespace exotap
