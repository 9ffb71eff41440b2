// The documents by which clients find a server's OAuth endpoints: OpenID Connect Discovery 1.0
// section 3, JSON Web Key Sets (RFC 7517), and Entra ID's list of its clouds
// (/common/discovery/instance).
#pragma once

#include <cstddef>

#include "decoders/facts.h"
#include "decoders/json.h"

namespace exotap {

inline constexpr std::size_t kMaxKeysStated = 16;
inline constexpr std::size_t kMaxCloudsStated = 16;

namespace fact {

inline constexpr FactSpec kOidcIssuer{"oidc.issuer", FactType::text,
                                      "whom the server's tokens say they are from"};
inline constexpr FactSpec kOidcAuthorizationEndpoint{"oidc.authorization_endpoint", FactType::text,
                                                     "where browsers sign in"};
inline constexpr FactSpec kOidcTokenEndpoint{"oidc.token_endpoint", FactType::text,
                                             "where programs get tokens"};
inline constexpr FactSpec kOidcDeviceEndpoint{"oidc.device_authorization_endpoint", FactType::text,
                                              "where devices without a browser begin"};
inline constexpr FactSpec kOidcEndSessionEndpoint{"oidc.end_session_endpoint", FactType::text,
                                                  "where users sign out"};
inline constexpr FactSpec kOidcJwksUri{"oidc.jwks_uri", FactType::text,
                                       "where the keys are that tokens are checked with"};
inline constexpr FactSpec kOidcCloud{"oidc.cloud_instance", FactType::text,
                                     "the cloud the organisation belongs to"};
inline constexpr FactSpec kOidcKey{"oidc.key", FactType::text,
                                   "each key of the set, as type/id: \"RSA/NGTFvdK-fythEuL\""};
inline constexpr FactSpec kOidcKeyCount{"oidc.key_count", FactType::integer,
                                        "how many keys the set holds"};
inline constexpr FactSpec kOidcTenantDiscovery{
    "oidc.tenant_discovery_endpoint", FactType::text,
    "instance discovery: where the asked authority is described"};
inline constexpr FactSpec kOidcCloudHost{"oidc.cloud_host", FactType::text,
                                         "instance discovery: each cloud's host to ask"};
inline constexpr FactSpec kOidcCloudCount{"oidc.cloud_count", FactType::integer,
                                          "instance discovery: how many clouds are listed"};

}  // namespace fact

inline constexpr const FactSpec* kOidcFacts[] = {
    &fact::kOidcIssuer,
    &fact::kOidcAuthorizationEndpoint,
    &fact::kOidcTokenEndpoint,
    &fact::kOidcDeviceEndpoint,
    &fact::kOidcEndSessionEndpoint,
    &fact::kOidcJwksUri,
    &fact::kOidcCloud,
    &fact::kOidcKey,
    &fact::kOidcKeyCount,
    &fact::kOidcTenantDiscovery,
    &fact::kOidcCloudHost,
    &fact::kOidcCloudCount,
};

void state_oidc_discovery(JsonValue document, Facts& facts);
void state_oidc_keys(JsonValue document, Facts& facts);
void state_instance_discovery(JsonValue document, Facts& facts);

}  // namespace exotap
