#include "decoders/entra/oauth_request.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::value_of;
using testing::values_of;

Facts of(std::string_view parameters) {
  Facts facts;
  state_oauth_request(parameters, facts);
  return facts;
}

TEST(OAuthRequest, TellsAnAuthorizeRequestOfOutlook) {
  const Facts facts = of(
      "client_id=d3590ed6-52b3-4102-aeff-aad2292ab01c&response_type=code&redirect_uri="
      "https%3A%2F%2Flogin.microsoftonline.com%2Fcommon%2Foauth2%2Fnativeclient&resource=https%3A"
      "%2F%2Foutlook.office365.com%2F&prompt=login&login_hint=anna%40contoso.com&domain_hint="
      "contoso.com&response_mode=form_post&state=CANARY&nonce=CANARY&code_challenge=CANARY");
  expect_facts(facts, {{"oauth.client_id", "d3590ed6-52b3-4102-aeff-aad2292ab01c"},
                       {"oauth.client.name", "Microsoft Office"},
                       {"oauth.response_type", "code"},
                       {"oauth.response_mode", "form_post"},
                       {"oauth.prompt", "login"},
                       {"oauth.redirect_domain", "login.microsoftonline.com"},
                       {"oauth.resource", "https://outlook.office365.com/"},
                       {"oauth.resource.name", "Office 365 Exchange Online"},
                       {"oauth.domain_hint", "contoso.com"},
                       {"user.name", "anna@contoso.com"}});
  expect_never_told(facts, "CANARY");
}

TEST(OAuthRequest, TellsOfSecretsOnlyThatTheyAreThere) {
  const Facts facts = of(
      "grant_type=password&username=anna%40contoso.com&password=CANARY&client_secret=CANARY&"
      "client_assertion=CANARY&code=CANARY&refresh_token=CANARY&assertion=CANARY&device_code=CANARY"
      "&code_verifier=CANARY&request=CANARY&id_token_hint=CANARY");
  EXPECT_EQ(value_of(facts, "oauth.grant"), "password");
  EXPECT_EQ(values_of(facts, "oauth.credential").size(), 10U);
  expect_facts(facts, {{"oauth.credential", "password"},
                       {"oauth.credential", "code"},
                       {"oauth.credential", "device_code"},
                       {"oauth.credential", "client_assertion"}});
  expect_never_told(facts, "CANARY");
  EXPECT_FALSE(of("grant_type=password&password=").has(fact::kOauthCredential));
}

TEST(OAuthRequest, KnowsGrantsByTheirLastWord) {
  EXPECT_EQ(value_of(of("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml1_1-bearer"),
                     "oauth.grant"),
            "saml1_1-bearer");
  EXPECT_EQ(value_of(of("grant_type=urn:ietf:params:oauth:grant-type:device_code"), "oauth.grant"),
            "device_code");
  EXPECT_EQ(value_of(of("grant_type=refresh_token"), "oauth.grant"), "refresh_token");
}

TEST(OAuthRequest, FindsTheResourceInTheScope) {
  expect_facts(of("scope=openid+offline_access+https%3A%2F%2Foutlook.office365.com%2F%2F.default"),
               {{"oauth.scope", "openid offline_access https://outlook.office365.com//.default"},
                {"oauth.resource", "https://outlook.office365.com/"},
                {"oauth.resource.name", "Office 365 Exchange Online"}});
  EXPECT_FALSE(of("scope=openid+User.Read").has(fact::kOauthResource));
}

TEST(OAuthRequest, TellsWhereTheAnswerGoesByItsHost) {
  EXPECT_EQ(value_of(of("redirect_uri=http%3A%2F%2Flocalhost%3A8400"), "oauth.redirect_domain"),
            "localhost:8400");
  EXPECT_EQ(
      value_of(of("redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob"), "oauth.redirect_domain"),
      "urn");
  EXPECT_EQ(value_of(of("redirect_uri=msauth.com.microsoft.outlook%3A%2F%2Fauth"),
                     "oauth.redirect_domain"),
            "msauth.com.microsoft.outlook");
  EXPECT_EQ(value_of(of("redirect_uri=https%3A%2F%2Fu%3ACANARY%40h%2F"), "oauth.redirect_domain"),
            "h");
}

TEST(OAuthRequest, StatesNothingOfNothing) {
  EXPECT_TRUE(of("").empty());
  EXPECT_TRUE(of("&&=&x").empty());
  EXPECT_TRUE(of("client_id=" + std::string(300, 'x')).empty());
}

TEST(OAuthResource, IsStatedOnce) {
  Facts facts;
  state_oauth_resource("https://outlook.office365.com", facts);
  state_oauth_resource("https://outlook.office365.com", facts);
  state_oauth_resource("00000002-0000-0ff1-ce00-000000000000", facts);
  EXPECT_EQ(values_of(facts, "oauth.resource").size(), 2U);
  EXPECT_EQ(values_of(facts, "oauth.resource.name").size(), 1U);
}

}  // namespace
}  // namespace exotap
