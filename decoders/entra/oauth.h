// OAuth 2.0 and OpenID Connect as Entra ID, AD FS and Microsoft accounts speak them (RFC 6749,
// RFC 8628, OIDC Core, MS-OAPX, MS-OIDCE): calls and their answers, errors wherever they stand (in
// JSON, a redirect, a posted form, a sign-in page, the field x-ms-clitelem), the documents by which
// servers are found, and Seamless SSO.
//
// A code, token, password, assertion or cookie is seen only as being there.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kOAuthDecoder;

namespace fact {

inline constexpr FactSpec kOauthEndpoint{
    "oauth.endpoint", FactType::text,
    "which call it is: authorize, token, devicecode, logout, discovery, instance_discovery, keys, "
    "seamless_sso, answer (a browser hands a result to the application)"};
inline constexpr FactSpec kOauthTenant{"oauth.tenant", FactType::text,
                                       "the organisation in the path: common, an id or a domain"};
inline constexpr FactSpec kDecodeOauthError{"decode.oauth.error", FactType::text,
                                            "what could not be read of an OAuth message"};

}  // namespace fact
}  // namespace exotap
