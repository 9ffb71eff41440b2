// Who asked for credentials, which were sent, and why they were refused, as far as fields say it:
// WWW-Authenticate, Authorization and their proxy pair (RFC 9110 section 11), NTLM and Negotiate
// by the kind of message they carry (MS-NTHT 2.2, MS-NLMP 2.2.1, RFC 4559), Exchange's bearer
// challenge (MS-OAUTH2EX), x-ms-diagnostics and X-AutoDiscovery-Error.
// No password, token, or NT response becomes a fact: of Basic the user name only.
#pragma once

#include "decoders/auth/bearer_challenge.h"
#include "decoders/decoder.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kHttpAuthChallenge{
    "http.auth.challenge", FactType::text,
    "scheme the server offers in WWW-Authenticate, lower case; may repeat"};
inline constexpr FactSpec kHttpAuthRealm{"http.auth.realm", FactType::text,
                                         "realm of an offered scheme; may repeat"};
inline constexpr FactSpec kHttpAuthChallengeToken{
    "http.auth.challenge_token", FactType::text,
    "what the server's challenge carries on with: ntlm_challenge, spnego, spnego_reject, kerberos "
    "or other; absent where it starts anew"};
inline constexpr FactSpec kHttpProxyAuthChallenge{
    "http.proxy_auth.challenge", FactType::text,
    "scheme a proxy offers in Proxy-Authenticate, lower case; may repeat"};
inline constexpr FactSpec kHttpAuthScheme{"http.auth.scheme", FactType::text,
                                          "scheme of the request's Authorization, lower case"};
inline constexpr FactSpec kHttpProxyAuthScheme{
    "http.proxy_auth.scheme", FactType::text,
    "scheme of the request's Proxy-Authorization, lower case"};
inline constexpr FactSpec kHttpProxyAuthMechanism{
    "http.proxy_auth.mechanism", FactType::text,
    "what Proxy-Authorization carries: ntlm_negotiate, ntlm_authenticate (in SPNEGO, too), spnego, "
    "kerberos, else the scheme"};
inline constexpr FactSpec kHttpProxyAuthChallengeToken{
    "http.proxy_auth.challenge_token", FactType::text,
    "what the proxy's challenge carries on with: ntlm_challenge, spnego, spnego_reject, kerberos "
    "or other; absent where it starts anew"};
inline constexpr FactSpec kHttpAuthMechanism{
    "http.auth.mechanism", FactType::text,
    "what Authorization carries: basic, bearer, bearer_empty (a probe without a token), "
    "ntlm_negotiate, ntlm_challenge, ntlm_authenticate, spnego, kerberos, else the scheme"};
inline constexpr FactSpec kHttpAuthInnerMechanism{
    "http.auth.inner_mechanism", FactType::text,
    "what spnego carries: kerberos, negoex, ntlm_negotiate, ntlm_challenge or ntlm_authenticate"};
inline constexpr FactSpec kHttpAuthBytes{"http.auth.bytes", FactType::integer,
                                         "length of Authorization where it is 8 KiB or more, which "
                                         "some servers do not take; else absent"};
inline constexpr FactSpec kHttpAuthUser{"http.auth.user", FactType::text,
                                        "user name of Basic or Digest credentials, never the "
                                        "password; of NTLM's third message DOMAIN\\user"};
inline constexpr FactSpec kHttpAuthChallengeCharset{
    "http.auth.challenge.charset", FactType::text,
    "charset in which an offered Basic or Digest wants user name and password"};
inline constexpr FactSpec kHttpAuthChallengeAlgorithm{
    "http.auth.challenge.algorithm", FactType::text, "algorithm of an offered Digest; may repeat"};
inline constexpr FactSpec kHttpAuthChallengeQop{"http.auth.challenge.qop", FactType::text,
                                                "qop of an offered Digest; may repeat"};
inline constexpr FactSpec kHttpAuthChallengeStale{
    "http.auth.challenge.stale", FactType::boolean,
    "true: Digest was refused for its old nonce, not for its password; else absent"};
inline constexpr FactSpec kHttpAuthChallengeNonce{
    "http.auth.challenge.nonce", FactType::boolean,
    "true: the challenge hands out a nonce that a proof-of-possession token must carry; else "
    "absent"};
inline constexpr FactSpec kHttpProxyAuthChallengeRealm{
    "http.proxy_auth.challenge_realm", FactType::text,
    "realm of a scheme that a proxy offers; may repeat"};
inline constexpr FactSpec kExchangeDiagnosticsCode{
    "exchange.diagnostics.code", FactType::integer,
    "number in x-ms-diagnostics, e.g. 2000003; may repeat"};
inline constexpr FactSpec kExchangeDiagnosticsReason{
    "exchange.diagnostics.reason", FactType::text,
    "reason in x-ms-diagnostics, tokens redacted; may repeat"};
inline constexpr FactSpec kExchangeDiagnosticsCategory{
    "exchange.diagnostics.category", FactType::text,
    "error_category in x-ms-diagnostics: invalid_resource, token_expired, ...; may repeat"};
inline constexpr FactSpec kExchangeDiagnosticsSource{
    "exchange.diagnostics.source", FactType::text,
    "server that wrote x-ms-diagnostics (Skype's servers); may repeat"};
inline constexpr FactSpec kExchangeDiagnosticsFault{
    "exchange.diagnostics.fault", FactType::text,
    "faultcode in x-ms-diagnostics, \"wsse:FailedAuthentication\"; may repeat"};
inline constexpr FactSpec kAutodiscoverXErrorSource{
    "autodiscover.x_error.source", FactType::text,
    "first word of X-AutoDiscovery-Error: who failed, e.g. LiveIdBasicAuth"};
inline constexpr FactSpec kAutodiscoverXErrorResult{
    "autodiscover.x_error.result", FactType::text,
    "result in X-AutoDiscovery-Error, e.g. FederatedStsUnreachable"};
inline constexpr FactSpec kAutodiscoverXErrorDetail{
    "autodiscover.x_error.detail", FactType::text,
    "what follows the result in X-AutoDiscovery-Error, at most 512 bytes"};
inline constexpr FactSpec kDecodeAuthenticationError{
    "decode.authentication.error", FactType::text,
    "what could not be read in an authentication field, with the offset in its value"};

}  // namespace fact

extern const Decoder kAuthenticationDecoder;

}  // namespace exotap
