// WS-Trust: a program shows a credential to a token service (AD FS's usernamemixed and its like,
// Entra ID's RST2.srf and extSTS.srf, seamless sign-in's winauth) and asks for a token that
// another service will take. 2005/02 and 1.3 alike; SOAP 1.2 and 1.1.
//
// A password, a nonce and a token are seen only as being there.
#pragma once

#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kWsTrustDecoder;

// True for the paths of token services named above; `path` is without query. Other servers choose
// their own paths: those are known by SOAP's media type, and only then by what is inside.
[[nodiscard]] bool is_ws_trust_path(std::string_view path);

namespace fact {

inline constexpr FactSpec kWstrustEndpoint{
    "wstrust.endpoint", FactType::text,
    "the path's last part, lower case: usernamemixed, windowstransport, rst2.srf, ..."};
inline constexpr FactSpec kWstrustAction{"wstrust.action", FactType::text,
                                         "the request's wsa:Action"};
inline constexpr FactSpec kWstrustTo{"wstrust.to", FactType::text, "the request's wsa:To"};
inline constexpr FactSpec kWstrustUser{"wstrust.user", FactType::text,
                                       "the user name in the request"};
inline constexpr FactSpec kWstrustPasswordPresent{"wstrust.password_present", FactType::boolean,
                                                  "whether a password was in the request"};
inline constexpr FactSpec kWstrustCredential{
    "wstrust.credential", FactType::text,
    "what the request shows: username, kerberos, certificate, saml, binary or none"};
inline constexpr FactSpec kWstrustTimestampCreated{"wstrust.timestamp_created", FactType::text,
                                                   "the client's clock, as the request says"};
inline constexpr FactSpec kWstrustTimestampExpires{"wstrust.timestamp_expires", FactType::text,
                                                   "until when the request counts"};
inline constexpr FactSpec kDecodeWstrustError{"decode.wstrust.error", FactType::text,
                                              "what could not be read of a WS-Trust message"};

}  // namespace fact
}  // namespace exotap
