#include "decoders/entra/oidc_documents.h"

#include <string>
#include <string_view>

#include "decoders/free_text.h"
#include "decoders/secret_query.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxUrl = 1024;
constexpr std::size_t kMaxWord = 128;

void add_url(const FactSpec& spec, JsonValue value, Facts& facts) {
  if (value.text().size() <= kMaxUrl) facts.add_if(spec, sentence(shown_url(value.text())));
}

std::string word(JsonValue value) {
  return value.text().size() <= kMaxWord ? sentence(value.text()) : std::string();
}

}  // namespace

void state_oidc_discovery(JsonValue document, Facts& facts) {
  add_url(fact::kOidcIssuer, document["issuer"], facts);
  add_url(fact::kOidcAuthorizationEndpoint, document["authorization_endpoint"], facts);
  add_url(fact::kOidcTokenEndpoint, document["token_endpoint"], facts);
  add_url(fact::kOidcDeviceEndpoint, document["device_authorization_endpoint"], facts);
  add_url(fact::kOidcEndSessionEndpoint, document["end_session_endpoint"], facts);
  add_url(fact::kOidcJwksUri, document["jwks_uri"], facts);
  facts.add_if(fact::kOidcCloud, word(document["cloud_instance_name"]));
}

void state_oidc_keys(JsonValue document, Facts& facts) {
  const JsonValue keys = document["keys"];
  if (keys.type() != JsonType::array) return;
  facts.add(fact::kOidcKeyCount, static_cast<std::int64_t>(keys.size()));
  for (std::size_t i = 0; i < keys.size() && i < kMaxKeysStated; ++i) {
    const JsonValue key = keys.at(i);
    facts.add(fact::kOidcKey, word(key["kty"]).append("/").append(word(key["kid"])));
  }
}

void state_instance_discovery(JsonValue document, Facts& facts) {
  add_url(fact::kOidcTenantDiscovery, document["tenant_discovery_endpoint"], facts);
  const JsonValue clouds = document["metadata"];
  if (clouds.type() != JsonType::array) return;
  facts.add(fact::kOidcCloudCount, static_cast<std::int64_t>(clouds.size()));
  for (std::size_t i = 0; i < clouds.size() && i < kMaxCloudsStated; ++i) {
    facts.add_if(fact::kOidcCloudHost, word(clouds.at(i)["preferred_network"]));
  }
}

}  // namespace exotap
