#include "decoders/entra/oidc_documents.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::values_of;

TEST(OidcDiscovery, TellsTheEndpoints) {
  const JsonDocument document(
      R"({"issuer":"https://sts.contoso.com/adfs","authorization_endpoint":)"
      R"("https://sts.contoso.com/adfs/oauth2/authorize/","token_endpoint":)"
      R"("https://sts.contoso.com/adfs/oauth2/token/","jwks_uri":)"
      R"("https://sts.contoso.com/adfs/discovery/keys","end_session_endpoint":)"
      R"("https://sts.contoso.com/adfs/oauth2/logout","device_authorization_endpoint":)"
      R"("https://sts.contoso.com/adfs/oauth2/devicecode?sig=CANARY","cloud_instance_name":)"
      R"("microsoftonline.com"})");
  Facts facts;
  state_oidc_discovery(document.root(), facts);
  expect_facts(facts,
               {{"oidc.issuer", "https://sts.contoso.com/adfs"},
                {"oidc.authorization_endpoint", "https://sts.contoso.com/adfs/oauth2/authorize/"},
                {"oidc.token_endpoint", "https://sts.contoso.com/adfs/oauth2/token/"},
                {"oidc.jwks_uri", "https://sts.contoso.com/adfs/discovery/keys"},
                {"oidc.end_session_endpoint", "https://sts.contoso.com/adfs/oauth2/logout"},
                {"oidc.device_authorization_endpoint",
                 "https://sts.contoso.com/adfs/oauth2/devicecode?sig=[redacted]"},
                {"oidc.cloud_instance", "microsoftonline.com"}});
}

TEST(OidcDiscovery, LeavesOutWhatIsNoAddress) {
  const JsonDocument document(R"({"issuer":7,"token_endpoint":")" + std::string(5000, 'x') +
                              R"(","jwks_uri":null})");
  Facts facts;
  state_oidc_discovery(document.root(), facts);
  EXPECT_EQ(facts.text(fact::kOidcIssuer), "7");
  EXPECT_FALSE(facts.has(fact::kOidcTokenEndpoint));
  EXPECT_FALSE(facts.has(fact::kOidcJwksUri));
}

TEST(OidcKeys, AreNamedAndCounted) {
  std::string text = R"({"keys":[{"kty":"RSA","kid":"a","n":"CANARY"},{"kty":"EC","kid":"b"})";
  for (int i = 0; i < 30; ++i) text += R"(,{"kty":"RSA"})";
  const JsonDocument document(text + "]}");
  Facts facts;
  state_oidc_keys(document.root(), facts);
  expect_facts(facts, {{"oidc.key_count", "32"}, {"oidc.key", "RSA/a"}, {"oidc.key", "EC/b"}});
  EXPECT_EQ(values_of(facts, "oidc.key").size(), kMaxKeysStated);
  testing::expect_never_told(facts, "CANARY");
  Facts none;
  state_oidc_keys(JsonDocument("{}").root(), none);
  EXPECT_TRUE(none.empty());
}

TEST(InstanceDiscovery, TellsTheClouds) {
  const JsonDocument document(
      R"({"tenant_discovery_endpoint":"https://login.microsoftonline.com/common/.well-known/)"
      R"(openid-configuration","metadata":[{"preferred_network":"login.microsoftonline.com"},)"
      R"({"preferred_network":"login.microsoftonline.us"},{}]})");
  Facts facts;
  state_instance_discovery(document.root(), facts);
  expect_facts(facts,
               {{"oidc.tenant_discovery_endpoint",
                 "https://login.microsoftonline.com/common/.well-known/openid-configuration"},
                {"oidc.cloud_count", "3"},
                {"oidc.cloud_host", "login.microsoftonline.com"},
                {"oidc.cloud_host", "login.microsoftonline.us"}});
  EXPECT_EQ(values_of(facts, "oidc.cloud_host").size(), 2U);
}

}  // namespace
}  // namespace exotap
