#include "decoders/entra/oauth_error.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::value_of;
using testing::values_of;

Facts of_json(std::string_view json, OAuthErrorPlace place = {"json", false, false}) {
  const JsonDocument document(json);
  Facts facts;
  state_oauth_error(oauth_error_of(document.root()), place, facts);
  return facts;
}

Facts of_redirect(std::string_view query, bool silent = false) {
  Facts facts;
  state_oauth_error(oauth_error_of(query), {"redirect", silent, true}, facts);
  return facts;
}

TEST(OAuthError, TellsEverythingEntraSays) {
  const Facts facts = of_json(
      R"({"error":"interaction_required","error_description":"AADSTS50076: Due to a change you )"
      R"(must use multi-factor authentication.\r\nTrace ID: 1\r\nCorrelation ID: 2\r\nTimestamp: )"
      R"(2026-03-02 08:00:00Z","error_codes":[50076],"timestamp":"2026-03-02 08:00:00Z",)"
      R"("trace_id":"5c3bd525-61b3-44d4-a70a-fb93e9ddc500","correlation_id":)"
      R"("d66bc564-8e3b-45d1-8909-988927d3ec8e","error_uri":)"
      R"("https://login.microsoftonline.com/error?code=50076","suberror":"basic_action"})");
  expect_facts(facts, {{"oauth.error", "interaction_required"},
                       {"oauth.suberror", "basic_action"},
                       {"oauth.error_in", "json"},
                       {"oauth.error_description",
                        "AADSTS50076: Due to a change you must use multi-factor authentication."},
                       {"aadsts.text",
                        "AADSTS50076: Due to a change you must use multi-factor authentication."},
                       {"aadsts.code", "50076"},
                       {"aadsts.name", "UserStrongAuthClientAuthNRequired"},
                       {"oauth.trace_id", "5c3bd525-61b3-44d4-a70a-fb93e9ddc500"},
                       {"oauth.correlation_id", "d66bc564-8e3b-45d1-8909-988927d3ec8e"}});
  EXPECT_FALSE(facts.has(fact::kOauthErrorIsStep)) << "the request was not a silent one";
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)") << "the status says it";
}

TEST(OAuthError, FindsTheNumbersInTheTextWhereNoListIs) {
  const Facts facts = of_redirect(
      "error=access_denied&error_subcode=cancel&error_description=AADSTS65004%3a+User+declined+to+"
      "consent.%0d%0aTrace+ID%3a+1&state=CANARY");
  expect_facts(facts, {{"oauth.error", "access_denied"},
                       {"oauth.suberror", "cancel"},
                       {"aadsts.code", "65004"},
                       {"oauth.error_description", "AADSTS65004: User declined to consent."},
                       {"oauth.error_in", "redirect"},
                       {"answer.failure", "access_denied, AADSTS65004 UserDeclinedConsent"}});
  expect_never_told(facts, "CANARY");
}

TEST(OAuthError, TellsAdfsNumbers) {
  const Facts facts =
      of_json(R"({"error":"unauthorized_client","error_description":"MSIS9605: The client is not )"
              R"(allowed to access the requested resource."})");
  expect_facts(facts, {{"oauth.error", "unauthorized_client"}, {"oauth.msis", "MSIS9605"}});
  EXPECT_FALSE(facts.has(fact::kAadstsText));
}

TEST(OAuthError, KnowsTheStepsOfTheDeviceFlow) {
  for (const std::string_view error : {"authorization_pending", "slow_down", "expired_token"}) {
    const Facts facts =
        of_json("{\"error\":\"" + std::string(error) + "\"}", {"json", false, true});
    EXPECT_TRUE(facts.is_true(fact::kOauthErrorIsStep)) << error;
    EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)") << error;
  }
}

TEST(OAuthError, KnowsWhatASilentRequestIsTold) {
  for (const std::string_view error : {"interaction_required", "login_required"}) {
    const std::string query = "error=" + std::string(error);
    EXPECT_TRUE(of_redirect(query, true).is_true(fact::kOauthErrorIsStep)) << error;
    EXPECT_EQ(value_of(of_redirect(query, true), "answer.failure"), "(absent)") << error;
    EXPECT_EQ(value_of(of_redirect(query, false), "answer.failure"), error);
  }
  EXPECT_EQ(value_of(of_redirect("error=server_error", true), "answer.failure"), "server_error");
  for (const std::string_view code : {"50058", "50140", "50199"}) {
    EXPECT_TRUE(of_redirect("error=x&error_description=AADSTS" + std::string(code) + ": text")
                    .is_true(fact::kOauthErrorIsStep));
  }
}

TEST(OAuthError, IsNothingWhereThereIsNone) {
  for (const std::string_view json :
       {"{}", "[]", R"({"error":null})", R"({"error":{"code":"6001"}})", R"({"error":""})"}) {
    EXPECT_TRUE(of_json(json).empty()) << json;
  }
  EXPECT_TRUE(of_redirect("code=CANARY&state=x").empty());
}

TEST(OAuthError, NeverQuotesAToken) {
  const std::string token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJDQU5BUlkifQ.CANARY";
  const Facts facts = of_json(R"({"error":"invalid_grant","error_description":"The token )" +
                              token + R"( is bad","suberror":")" + token + R"("})");
  expect_never_told(facts, "CANARY");
  EXPECT_EQ(value_of(facts, "oauth.error_description"), "The token [redacted] is bad");
}

TEST(OAuthError, HasBoundsForNumbers) {
  std::string codes;
  for (int i = 0; i < 50; ++i) codes += "," + std::to_string(50000 + i);
  const Facts facts = of_json(R"({"error":"x","error_codes":[1)" + codes + "]}");
  EXPECT_EQ(values_of(facts, "aadsts.code").size(), 8U);
}

}  // namespace
}  // namespace exotap
