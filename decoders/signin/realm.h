// Home realm discovery: the question "who signs this user in?" in every form that clients of
// Entra ID ask it: GetUserRealm.srf (XML or JSON), /{tenant}/userrealm/ (JSON, two vocabularies)
// and GetCredentialType (JSON, the sign-in page's own call). There is no open specification; the
// forms are those of captures and of the client libraries.
//
// FlowToken, canary, apiCanary and their like are never read.
#pragma once

#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kRealmDecoder;

// True for the paths of the three calls; `path` is without query.
[[nodiscard]] bool is_realm_path(std::string_view path);

namespace fact {

inline constexpr FactSpec kRealmApi{
    "realm.api", FactType::text,
    "getuserrealm_xml, getuserrealm_json, userrealm_1.0, userrealm_2.x or getcredentialtype"};
inline constexpr FactSpec kRealmUser{"realm.user", FactType::text, "the name asked about"};
inline constexpr FactSpec kRealmNamespaceType{
    "realm.namespace_type", FactType::text,
    "Managed: the cloud checks the password; Federated: another server does; Unknown"};
inline constexpr FactSpec kRealmDomain{"realm.domain", FactType::text, "the domain of the name"};
inline constexpr FactSpec kRealmBrand{"realm.brand", FactType::text,
                                      "the organisation's name on the sign-in page"};
inline constexpr FactSpec kRealmFederationProtocol{"realm.federation_protocol", FactType::text,
                                                   "WSTrust or SAML20, as spelled by the server"};
inline constexpr FactSpec kRealmAuthUrl{"realm.auth_url", FactType::text,
                                        "where browsers sign in (secrets of the query removed)"};
inline constexpr FactSpec kRealmStsAuthUrl{"realm.sts_auth_url", FactType::text,
                                           "where programs sign in, of GetUserRealm.srf"};
inline constexpr FactSpec kRealmMexUrl{"realm.mex_url", FactType::text,
                                       "where the federation server describes its endpoints"};
inline constexpr FactSpec kRealmActiveAuthUrl{"realm.active_auth_url", FactType::text,
                                              "where programs sign in, of userrealm 1.0"};
inline constexpr FactSpec kRealmCloudInstance{"realm.cloud_instance", FactType::text,
                                              "the cloud the name belongs to"};
inline constexpr FactSpec kRealmCloudAudience{"realm.cloud_audience", FactType::text,
                                              "whom a federation token has to be made out to"};
inline constexpr FactSpec kRealmState{"realm.state", FactType::integer, "State of RealmInfo"};
inline constexpr FactSpec kRealmUserState{"realm.user_state", FactType::integer,
                                          "UserState of RealmInfo: 1 managed, 2 federated"};
inline constexpr FactSpec kRealmIsFederated{"realm.is_federated", FactType::boolean,
                                            "IsFederatedNS of RealmInfo"};
inline constexpr FactSpec kRealmSuccess{"realm.success", FactType::boolean, "Success of RealmInfo"};
inline constexpr FactSpec kRealmVersion{"realm.version", FactType::text,
                                        "the answer's own version (ver)"};

inline constexpr FactSpec kRealmIfExistsResult{
    "realm.if_exists_result", FactType::integer,
    "0 exists, 1 does not, 2 throttled, 4 server error, 5 elsewhere, 6 here and elsewhere"};
inline constexpr FactSpec kRealmThrottleStatus{"realm.throttle_status", FactType::integer,
                                               "not 0: if_exists_result means nothing"};
inline constexpr FactSpec kRealmPrefCredential{"realm.pref_credential", FactType::integer,
                                               "1 password, 4 federation"};
inline constexpr FactSpec kRealmHasPassword{"realm.has_password", FactType::boolean,
                                            "the account can sign in with a password"};
inline constexpr FactSpec kRealmFederationRedirectUrl{
    "realm.federation_redirect_url", FactType::text,
    "where the sign-in page sends the user (secrets of the query removed)"};
inline constexpr FactSpec kRealmDomainType{"realm.domain_type", FactType::integer,
                                           "3 managed, 4 federated"};
inline constexpr FactSpec kRealmDesktopSso{"realm.desktop_sso", FactType::boolean,
                                           "seamless sign-in with Kerberos is on"};
inline constexpr FactSpec kRealmErrorCode{"realm.error.code", FactType::text,
                                          "the error the call itself ended with"};
inline constexpr FactSpec kRealmErrorMessage{"realm.error.message", FactType::text,
                                             "that error's message"};

inline constexpr FactSpec kDecodeRealmError{"decode.realm.error", FactType::text,
                                            "what could not be read of a realm discovery answer"};

}  // namespace fact
}  // namespace exotap
