// What a client asks of an OAuth 2.0 server: the query of /authorize (RFC 6749 section 4.1.1, OIDC
// Core section 3.1.2.1), the form of /token and /devicecode (RFC 6749 section 4, RFC 8628), with
// what Entra ID and AD FS add (MS-OAPX 2.2.2, MS-OAUTH2EX).
//
// Of every secret only the parameter's name is stated: that a password, a code or a refresh token
// was shown, never which.
#pragma once

#include <string>
#include <string_view>

#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kOauthGrant{
    "oauth.grant", FactType::text,
    "what the client gives for a token: authorization_code, refresh_token, password, "
    "client_credentials, device_code, jwt-bearer, saml1_1-bearer, ..."};
inline constexpr FactSpec kOauthResponseType{
    "oauth.response_type", FactType::text, "what an authorize request wants: code, id_token, ..."};
inline constexpr FactSpec kOauthResponseMode{
    "oauth.response_mode", FactType::text, "how it wants the answer: query, fragment or form_post"};
inline constexpr FactSpec kOauthPrompt{
    "oauth.prompt", FactType::text,
    "whether the user may be asked: none (silently or not at all), login, select_account, consent"};
inline constexpr FactSpec kOauthScope{"oauth.scope", FactType::text,
                                      "the rights asked for, or granted where that differs"};
inline constexpr FactSpec kOauthClientId{"oauth.client_id", FactType::text,
                                         "the application that asks"};
inline constexpr FactSpec kOauthClientName{"oauth.client.name", FactType::text,
                                           "that application's name, where it is a public one"};
inline constexpr FactSpec kOauthResource{
    "oauth.resource", FactType::text,
    "whom the token is for: resource of the request or answer, else the scope's URL"};
inline constexpr FactSpec kOauthResourceName{"oauth.resource.name", FactType::text,
                                             "that service's name, where it is a public one"};
inline constexpr FactSpec kOauthRedirectDomain{
    "oauth.redirect_domain", FactType::text,
    "host of the redirect_uri; of one that is no web address, its scheme"};
inline constexpr FactSpec kOauthDomainHint{"oauth.domain_hint", FactType::text,
                                           "domain_hint: whose sign-in page to go to at once"};
inline constexpr FactSpec kOauthCredential{
    "oauth.credential", FactType::text,
    "each kind of secret the request shows, by its parameter's name: password, refresh_token, ..."};

}  // namespace fact

inline constexpr const FactSpec* kOauthRequestFacts[] = {
    &fact::kOauthGrant,          &fact::kOauthResponseType, &fact::kOauthResponseMode,
    &fact::kOauthPrompt,         &fact::kOauthScope,        &fact::kOauthClientId,
    &fact::kOauthClientName,     &fact::kOauthResource,     &fact::kOauthResourceName,
    &fact::kOauthRedirectDomain, &fact::kOauthDomainHint,   &fact::kOauthCredential,
};

// `parameters` is a query or a form body, still encoded.
void state_oauth_request(std::string_view parameters, Facts& facts);

// States oauth.scope, and the resource behind it where none is stated yet.
void state_oauth_scope(std::string_view scope, Facts& facts);
// States oauth.resource and its name; a second one that says the same is left out.
void state_oauth_resource(std::string_view resource, Facts& facts);

}  // namespace exotap
