#include "decoders/entra/oauth.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/entra/made_token.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_declared;
using testing::expect_facts;
using testing::expect_never_told;
using testing::made_token;
using testing::stated_by;
using testing::value_of;
using testing::values_of;

constexpr std::string_view kTokenAsk =
    "POST /common/oauth2/v2.0/token HTTP/1.1\nHost: login.microsoftonline.com\n"
    "Content-Type: application/x-www-form-urlencoded; charset=utf-8\n\n"
    "client_id=d3590ed6-52b3-4102-aeff-aad2292ab01c&grant_type=password&username=anna%40contoso.com"
    "&password=CANARY&scope=https%3A%2F%2Foutlook.office365.com%2F.default";
constexpr std::string_view kAuthorizeAsk =
    "GET /common/oauth2/v2.0/authorize?client_id=d3590ed6-52b3-4102-aeff-aad2292ab01c&response_type"
    "=code&redirect_uri=https%3A%2F%2Foutlook.office.com%2Fowa%2F HTTP/1.1\n"
    "Host: login.microsoftonline.com\n";
constexpr std::string_view kSilentAsk =
    "GET /common/oauth2/v2.0/authorize?prompt=none&response_mode=fragment HTTP/1.1\n"
    "Host: login.microsoftonline.com\n";

Facts of(std::string_view request, std::string_view answer) {
  Facts facts = stated_by(kOAuthDecoder, testing::exchange(request, answer));
  expect_never_told(facts, "CANARY");
  expect_declared(facts, kOAuthDecoder);
  return facts;
}

std::string json(std::string_view body, std::string_view status = "200 OK") {
  return "HTTP/1.1 " + std::string(status) + "\nContent-Type: application/json\n\n" +
         std::string(body);
}

TEST(OAuth, TellsARefusedPasswordInJson) {
  const Facts facts =
      of(kTokenAsk,
         json(R"({"error":"invalid_grant","error_description":"AADSTS50126: Error validating )"
              R"(credentials.\r\nTrace ID: 1","error_codes":[50126],"suberror":"bad_token"})",
              "400 Bad Request"));
  expect_facts(facts, {{"oauth.endpoint", "token"},
                       {"oauth.tenant", "common"},
                       {"oauth.grant", "password"},
                       {"oauth.credential", "password"},
                       {"oauth.client.name", "Microsoft Office"},
                       {"oauth.resource.name", "Office 365 Exchange Online"},
                       {"user.name", "anna@contoso.com"},
                       {"oauth.error", "invalid_grant"},
                       {"aadsts.code", "50126"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)") << "the status line says it";
}

TEST(OAuth, TellsAnErrorThatAnswers200) {
  EXPECT_EQ(value_of(of(kTokenAsk, json(R"({"error":"invalid_grant","error_codes":[50053]})")),
                     "answer.failure"),
            "invalid_grant, AADSTS50053 IdsLocked");
}

TEST(OAuth, TellsATokenAndWhatItSays) {
  const Facts facts =
      of(kTokenAsk, json(R"({"token_type":"Bearer","expires_in":3599,"refresh_token":"CANARY",)"
                         R"("access_token":")" +
                         made_token(R"({"aud":"https://outlook.office365.com","exp":1760003599,)"
                                    R"("upn":"Anna@contoso.com"})") +
                         "\"}"));
  expect_facts(facts, {{"oauth.issued", "access_token"},
                       {"oauth.issued", "refresh_token"},
                       {"oauth.expires_in", "3599"},
                       {"jwt.carrier", "access_token"},
                       {"jwt.seconds_left", "3599"}});
  EXPECT_EQ(values_of(facts, "user.name").size(), 1U);
  expect_never_told(facts, testing::kSignature);
}

TEST(OAuth, TellsAnErrorInARedirect) {
  const Facts facts =
      of(kAuthorizeAsk,
         "HTTP/1.1 302 Found\nLocation: https://outlook.office.com/owa/?error=access_denied&"
         "error_description=AADSTS65004%3a+declined&state=CANARY\n\n");
  expect_facts(facts, {{"oauth.endpoint", "authorize"},
                       {"oauth.response_type", "code"},
                       {"oauth.error", "access_denied"},
                       {"oauth.error_in", "redirect"},
                       {"aadsts.code", "65004"},
                       {"answer.failure", "access_denied, AADSTS65004 UserDeclinedConsent"}});
}

TEST(OAuth, ReadsTheFragmentAndTakesASilentNoForAnAnswer) {
  const Facts facts = of(kSilentAsk,
                         "HTTP/1.1 302 Found\nLocation: https://outlook.office.com/x#error="
                         "login_required&error_description=AADSTS50058%3a+none&state=CANARY\n\n");
  expect_facts(facts, {{"oauth.prompt", "none"},
                       {"oauth.error", "login_required"},
                       {"oauth.error_is_step", "true"}});
  EXPECT_EQ(value_of(facts, "answer.failure"), "(absent)");
  const Facts given = of(kSilentAsk,
                         "HTTP/1.1 302 Found\nLocation: https://outlook.office.com/x#code=CANARY&"
                         "id_token=CANARY&session_state=CANARY\n\n");
  EXPECT_EQ(values_of(given, "oauth.issued"), (std::vector<std::string>{"id_token", "code"}));
}

TEST(OAuth, ReadsAFormTheBrowserWillPost) {
  const Facts facts = of(
      kAuthorizeAsk,
      "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><body><form method=\"POST\" "
      "name=\"hiddenform\" action=\"https://outlook.office.com/owa/\"><input type=\"hidden\" "
      "name=\"error\" value=\"interaction_required\"/><input type=\"hidden\" name=\""
      "error_description\" value=\"AADSTS53003: blocked\"/><input type=\"hidden\" name=\"state\" "
      "value=\"CANARY\"/></form></body></html>");
  expect_facts(
      facts, {{"oauth.error_in", "form"},
              {"aadsts.code", "53003"},
              {"answer.failure", "interaction_required, AADSTS53003 BlockedByConditionalAccess"}});
  EXPECT_EQ(value_of(of(kAuthorizeAsk,
                        "HTTP/1.1 200 OK\n\n<html><form><input name=\"code\" value=\"CANARY\">"),
                     "oauth.issued"),
            "code");
}

TEST(OAuth, ReadsAResultTheBrowserHandsOver) {
  const Facts facts =
      of("POST /owa/ HTTP/1.1\nHost: outlook.office.com\n"
         "Content-Type: application/x-www-form-urlencoded\n\n"
         "error=access_denied&error_description=AADSTS50105%3a+not+assigned&state=CANARY",
         "HTTP/1.1 302 Found\nLocation: /owa/?error=CANARY2\n\n");
  expect_facts(
      facts, {{"oauth.endpoint", "answer"}, {"oauth.error_in", "form"}, {"aadsts.code", "50105"}});
  const Facts given =
      of("POST /owa/ HTTP/1.1\nHost: outlook.office.com\n"
         "Content-Type: application/x-www-form-urlencoded\n\ncode=CANARY&id_token=CANARY&state=x",
         "");
  EXPECT_EQ(values_of(given, "oauth.issued"), (std::vector<std::string>{"id_token", "code"}));
  EXPECT_FALSE(kOAuthDecoder.recognises(testing::exchange(
      "POST /owa/ HTTP/1.1\nHost: outlook.office.com\nContent-Type: text/plain\n\ncode=1", "")));
}

TEST(OAuth, ReadsTheSignInPage) {
  const Facts facts =
      of("POST /common/login HTTP/1.1\nHost: login.microsoftonline.com\n"
         "Content-Type: application/x-www-form-urlencoded\nCookie: ESTSAUTHPERSISTENT=CANARY\n\n"
         "login=anna%40contoso.com&passwd=CANARY&ctx=CANARY&flowToken=CANARY&canary=CANARY",
         "HTTP/1.1 200 OK\nContent-Type: text/html\nSet-Cookie: ESTSAUTH=CANARY; path=/\n\n"
         "<!DOCTYPE html><script>$Config={\"pgid\":\"ConvergedSignIn\",\"sErrorCode\":\"50126\","
         "\"sFT\":\"CANARY\"};</script>");
  EXPECT_EQ(value_of(facts, "oauth.endpoint"), "(absent)");
  expect_facts(facts, {{"user.name", "anna@contoso.com"},
                       {"entra.sso_cookie", "ESTSAUTHPERSISTENT"},
                       {"entra.sso_cookie_set", "ESTSAUTH"},
                       {"entra.page.id", "ConvergedSignIn"},
                       {"answer.failure", "AADSTS50126 InvalidUserNameOrPassword"}});
}

TEST(OAuth, ReadsTheTelemetryFieldWhereNothingElseSaysIt) {
  const Facts facts = of(kTokenAsk, "HTTP/1.1 400 Bad Request\nx-ms-clitelem: 1,50126,0,,\n\n");
  expect_facts(facts, {{"aadsts.code", "50126"}, {"oauth.error_in", "header"}});
  EXPECT_EQ(value_of(of(kTokenAsk, "HTTP/1.1 200 OK\nx-ms-clitelem: 1,0,0,,\n\n"), "aadsts.code"),
            "(absent)");
  EXPECT_EQ(value_of(of(kTokenAsk, "HTTP/1.1 200 OK\nx-ms-clitelem: x\n\n"), "aadsts.code"),
            "(absent)");
  EXPECT_EQ(values_of(of(kTokenAsk,
                         "HTTP/1.1 400 Bad\nx-ms-clitelem: 1,50053,0,,\n\n"
                         R"({"error":"invalid_grant","error_codes":[50126]})"),
                      "aadsts.code"),
            std::vector<std::string>{"50126"});
}

TEST(OAuth, TakesTheDeviceFlowForWhatItIs) {
  const std::string_view ask =
      "POST /organizations/oauth2/v2.0/token HTTP/1.1\nHost: login.microsoftonline.com\n"
      "Content-Type: application/x-www-form-urlencoded\n\n"
      "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=CANARY";
  const Facts facts =
      of(ask, json(R"({"error":"authorization_pending","error_description":"AADSTS70016: wait",)"
                   R"("error_codes":[70016]})",
                   "400 Bad Request"));
  expect_facts(facts, {{"oauth.grant", "device_code"},
                       {"oauth.error", "authorization_pending"},
                       {"oauth.error_is_step", "true"}});
  expect_facts(of("POST /organizations/oauth2/v2.0/devicecode HTTP/1.1\n"
                  "Host: login.microsoftonline.com\n\n",
                  json(R"({"device_code":"CANARY","verification_uri":"https://microsoft.com/x",)"
                       R"("user_code":"CANARY","interval":5})")),
               {{"oauth.endpoint", "devicecode"}, {"oauth.issued", "device_code"}});
}

TEST(OAuth, HandsOnClaimsThatAreWanted) {
  expect_facts(
      of(kTokenAsk, json(R"({"error":"interaction_required","error_codes":[50076],"claims":)"
                         R"("{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":)"
                         R"([\"1\"]}}}"})",
                         "400 Bad Request")),
      {{"oauth.claims_wanted", "access_token.capolids"}});
}

TEST(OAuth, TellsAdfs) {
  const Facts facts =
      of("POST /adfs/oauth2/token/ HTTP/1.1\nHost: sts.contoso.com\n"
         "Content-Type: application/x-www-form-urlencoded\nCookie: MSISAuth=CANARY\n\n"
         "grant_type=refresh_token&refresh_token=CANARY&resource=https%3A%2F%2Fmail.contoso.com%2F",
         json(R"({"error":"invalid_grant","error_description":"MSIS9615: The refresh token is )"
              R"(not valid."})",
              "400 Bad Request"));
  expect_facts(facts, {{"oauth.endpoint", "token"},
                       {"oauth.resource", "https://mail.contoso.com/"},
                       {"oauth.msis", "MSIS9615"},
                       {"entra.sso_cookie", "MSISAuth"}});
  EXPECT_FALSE(facts.has(fact::kOauthTenant));
  expect_facts(of("GET /adfs/.well-known/openid-configuration HTTP/1.1\nHost: sts.contoso.com\n",
                  json(R"({"issuer":"https://sts.contoso.com/adfs"})")),
               {{"oauth.endpoint", "discovery"}, {"oidc.issuer", "https://sts.contoso.com/adfs"}});
  expect_facts(of("GET /adfs/discovery/keys HTTP/1.1\nHost: sts.contoso.com\n",
                  json(R"({"keys":[{"kty":"RSA","kid":"a"}]})")),
               {{"oauth.endpoint", "keys"}, {"oidc.key", "RSA/a"}});
}

TEST(OAuth, ReadsAdfsOwnErrorPage) {
  const std::string_view ask =
      "GET /adfs/oauth2/authorize?client_id=x HTTP/1.1\nHost: sts.contoso.com\n";
  expect_facts(of(ask,
                  "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><div>MSIS9223: The received "
                  "&#39;client_id&#39; is invalid.</div></html>"),
               {{"oauth.msis", "MSIS9223"},
                {"oauth.error_in", "page"},
                {"oauth.error_description", "MSIS9223: The received 'client_id' is invalid."},
                {"answer.failure", "MSIS9223"}});
  EXPECT_EQ(value_of(of(ask,
                        "HTTP/1.1 200 OK\n\n<html><form id=\"loginForm\"><input name=\""
                        "Password\"/></form></html>"),
                     "answer.failure"),
            "(absent)");
}

TEST(OAuth, ReadsAnErrorThatIsOnlyWords) {
  expect_facts(of("POST /login.srf HTTP/1.1\nHost: login.microsoftonline.com\n\nwa=wsignin1.0",
                  "HTTP/1.1 200 OK\n\n<html><body><p>Sorry</p><p>AADSTS50107: The requested "
                  "federation realm object &#39;http://x&#39; does not exist.</p></body></html>"),
               {{"aadsts.code", "50107"},
                {"aadsts.text",
                 "AADSTS50107: The requested federation realm object 'http://x' does not exist."},
                {"oauth.error_in", "page"},
                {"answer.failure", "AADSTS50107 InvalidRealmUri"}});
}

TEST(OAuth, SurvivesWhatIsBroken) {
  EXPECT_EQ(
      value_of(of(kTokenAsk, json(R"({"error":"invalid_grant","error_codes":[5)")), "oauth.error"),
      "invalid_grant");
  EXPECT_NE(value_of(of(kTokenAsk, json("{")), "decode.oauth.error"), "(absent)");
  EXPECT_NE(value_of(of(kTokenAsk, "HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n\x1F\x8Bxx"),
                     "decode.oauth.error"),
            "(absent)");
  EXPECT_EQ(value_of(of(kTokenAsk, ""), "oauth.grant"), "password");
  EXPECT_EQ(value_of(of(kTokenAsk, "HTTP/1.1 302 Found\n\n"), "oauth.error"), "(absent)");
  Exchange own = testing::exchange(kTokenAsk, json(R"({"error":"x"})", "502 Bad Gateway"));
  own.handling = Handling::refused;
  EXPECT_FALSE(stated_by(kOAuthDecoder, own).has(*find_fact("oauth.error")))
      << "an answer of exotap's own says nothing about the server";
}

TEST(OAuth, LeavesOtherTrafficAlone) {
  EXPECT_FALSE(kOAuthDecoder.recognises(Exchange{}));
  EXPECT_FALSE(kOAuthDecoder.recognises(testing::exchange(
      "POST /mapi/emsmdb/?MailboxId=a@b HTTP/1.1\nHost: outlook.office365.com\n", "")));
  Exchange connect = testing::exchange("CONNECT login.microsoftonline.com:443 HTTP/1.1\n", "");
  connect.host = "login.microsoftonline.com";
  connect.is_connect = true;
  EXPECT_FALSE(kOAuthDecoder.recognises(connect));
}

// Real messages: what INDEX.md says is in each.
struct Sample {
  std::string_view name;
  std::string_view request;
  testing::ExpectedFacts facts;
};

std::vector<Sample> samples() {
  constexpr std::string_view kInstanceAsk =
      "GET /common/discovery/instance?api-version=1.1 HTTP/1.1\nHost: login.microsoftonline.com\n";
  constexpr std::string_view kDiscoveryAsk =
      "GET /common/.well-known/openid-configuration HTTP/1.1\nHost: login.windows.net\n";
  constexpr std::string_view kKeysAsk =
      "GET /common/discovery/keys HTTP/1.1\nHost: login.windows.net\n";
  return {
      {"oauth-error-50049-instance.json",
       kInstanceAsk,
       {{"oauth.error", "invalid_instance"},
        {"aadsts.code", "50049"},
        {"aadsts.name", "NoSuchInstanceForDiscovery"},
        {"oauth.error_description", "AADSTS50049: Unknown or invalid instance."},
        {"oauth.trace_id", "b9d0894d-a9a4-4dba-b38e-8fb6a009bc00"},
        {"oauth.correlation_id", "34f7b4cf-4fa2-4f35-a59b-54b6f91a9c94"}}},
      {"oauth-error-50076-mfa.json",
       kTokenAsk,
       {{"oauth.error", "interaction_required"},
        {"oauth.suberror", "basic_action"},
        {"aadsts.code", "50076"},
        {"oauth.error_uri", "https://login.microsoftonline.com/error?code=50076"},
        {"oauth.trace_id", "5c3bd525-61b3-44d4-a70a-fb93e9ddc500"},
        {"oauth.correlation_id", "d66bc564-8e3b-45d1-8909-988927d3ec8e"}}},
      {"oauth-error-50126.json",
       kTokenAsk,
       {{"oauth.error", "invalid_grant"},
        {"aadsts.code", "70002"},
        {"aadsts.code", "50126"},
        {"oauth.trace_id", "92bbd59a-664e-46ab-8c84-46eecf0cb89a"},
        {"oauth.correlation_id", "54532eb8-214a-4694-9bcf-dc51c29810a5"}}},
      {"oauth-instance-discovery.json",
       kInstanceAsk,
       {{"oidc.tenant_discovery_endpoint",
         "https://login.microsoftonline.com/common/.well-known/openid-configuration"},
        {"oidc.cloud_count", "5"},
        {"oidc.cloud_host", "login.microsoftonline.com"}}},
      {"oauth-token-success-v2.json",
       kTokenAsk,
       {{"oauth.token_type", "Bearer"},
        {"oauth.scope", "Calendars.Read openid profile Tasks.Read User.Read email"},
        {"oauth.expires_in", "3600"},
        {"oauth.user.id", "9f4880d8-80ba-4c40-97bc-f7a23c703084"},
        {"oauth.user.tenant", "f645ad92-e38d-4d1a-b510-d1b09a74a8ca"}}},
      {"oauth-token-success.json",
       kTokenAsk,
       {{"oauth.token_type", "Bearer"},
        {"oauth.resource", "https://graph.windows.net"},
        {"oauth.resource.name", "Windows Azure Active Directory"},
        {"oauth.expires_in", "3599"},
        {"oauth.issued", "access_token"},
        {"oauth.issued", "refresh_token"}}},
      {"oidc-discovery-entra.json",
       kDiscoveryAsk,
       {{"oidc.issuer", "https://sts.windows.net/d062b2b0-9aca-4ff7-b32a-ba47231a4002/"},
        {"oidc.authorization_endpoint",
         "https://login.windows.net/d062b2b0-9aca-4ff7-b32a-ba47231a4002/oauth2/authorize"},
        {"oidc.token_endpoint",
         "https://login.windows.net/d062b2b0-9aca-4ff7-b32a-ba47231a4002/oauth2/token"},
        {"oidc.jwks_uri", "JsonWebKeySet.json"},
        {"oidc.end_session_endpoint",
         "https://login.windows.net/d062b2b0-9aca-4ff7-b32a-ba47231a4002/oauth2/logout"}}},
      {"oidc-jwks.json",
       kKeysAsk,
       {{"oidc.key_count", "2"},
        {"oidc.key", "RSA/NGTFvdK-fythEuLwjpwAJOM9n-A"},
        {"oidc.key", "RSA/kriMPdmBvx68skT8-mPAB3BseeA"}}},
  };
}

TEST(OAuth, TellsWhatIsInRealMessages) {
  for (const Sample& expected : samples()) {
    const auto body = testing::sample(expected.name);
    if (!body) GTEST_SKIP() << "no samples in " << EXOTAP_SAMPLES;
    const bool refused = body->find("\"error\"") != std::string::npos;
    SCOPED_TRACE(expected.name);
    const Facts facts = of(expected.request, json(*body, refused ? "400 Bad Request" : "200 OK"));
    expect_facts(facts, expected.facts);
    EXPECT_EQ(value_of(facts, "decode.oauth.error"), "(absent)");
    for (std::size_t i = 0; i < facts.size(); ++i) {
      EXPECT_EQ(facts[i].text.find("eyJ"), std::string_view::npos) << facts[i].spec->name;
    }
  }
}

}  // namespace
}  // namespace exotap
