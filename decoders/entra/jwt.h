// What a token says about itself: JOSE header and claims of a signed JWT (RFC 7515, RFC 7519), as
// Entra ID and AD FS issue them. Decoded in memory, for the claims below alone; the signature and
// the token as such are never kept, checked or stated.
//
// Encrypted tokens (JWE, RFC 7516) tell their header; opaque ones (Microsoft accounts') nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "decoders/facts.h"

namespace exotap {

inline constexpr std::size_t kMaxJwtBytes = std::size_t{32} << 10;  // longer ones are not read
inline constexpr std::size_t kMaxJwtMethods = 8;                    // values of amr that are stated

namespace fact {

inline constexpr FactSpec kJwtCarrier{
    "jwt.carrier", FactType::text,
    "where the token stood: authorization (shown to a server), access_token, id_token (issued)"};
inline constexpr FactSpec kJwtForm{"jwt.form", FactType::text,
                                   "signed, encrypted, or opaque: no JWT at all"};
inline constexpr FactSpec kJwtAlgorithm{"jwt.alg", FactType::text, "how it is signed: RS256, ..."};
inline constexpr FactSpec kJwtType{"jwt.typ", FactType::text, "typ of its header"};
inline constexpr FactSpec kJwtKeyId{"jwt.kid", FactType::text,
                                    "which of the issuer's keys signed it"};
inline constexpr FactSpec kJwtAudience{"jwt.aud", FactType::text,
                                       "whom it is for; a server takes only its own"};
inline constexpr FactSpec kJwtAudienceName{"jwt.aud.name", FactType::text,
                                           "that service's name, where it is a public one"};
inline constexpr FactSpec kJwtIssuer{"jwt.iss", FactType::text, "who issued it"};
inline constexpr FactSpec kJwtTenant{"jwt.tid", FactType::text, "the organisation it is about"};
inline constexpr FactSpec kJwtApp{"jwt.appid", FactType::text,
                                  "the application it was issued to (appid or azp)"};
inline constexpr FactSpec kJwtAppName{"jwt.app.name", FactType::text,
                                      "that application's name, where it is a public one"};
inline constexpr FactSpec kJwtVersion{"jwt.ver", FactType::text, "1.0 or 2.0"};
inline constexpr FactSpec kJwtIssuedAt{"jwt.issued_at", FactType::text, "iat, as a time"};
inline constexpr FactSpec kJwtNotBefore{"jwt.not_before", FactType::text, "nbf, as a time"};
inline constexpr FactSpec kJwtExpires{"jwt.expires", FactType::text, "exp, as a time"};
inline constexpr FactSpec kJwtSecondsLeft{
    "jwt.seconds_left", FactType::integer,
    "seconds from the exchange to the token's end, by this computer's clock; negative: expired"};
inline constexpr FactSpec kJwtSecondsToStart{
    "jwt.seconds_to_start", FactType::integer,
    "seconds from the exchange to the token's beginning, by this computer's clock; only where it "
    "is not valid yet"};
inline constexpr FactSpec kJwtScope{"jwt.scp", FactType::text, "the rights of its user it grants"};
inline constexpr FactSpec kJwtRoleCount{
    "jwt.role_count", FactType::integer,
    "how many roles of the application itself it grants; absent where none"};
inline constexpr FactSpec kJwtMethod{"jwt.amr", FactType::text,
                                     "each way its user signed in: pwd, mfa, wia, rsa, ..."};
inline constexpr FactSpec kJwtContextClass{"jwt.acr", FactType::text,
                                           "0: weaker than the standard wants, else 1"};
inline constexpr FactSpec kJwtIsApp{"jwt.is_app", FactType::boolean,
                                    "true: an application's own token, no user's; else absent"};
inline constexpr FactSpec kJwtOnDevice{
    "jwt.on_device", FactType::boolean,
    "true: issued to a registered device (deviceid); else absent"};
inline constexpr FactSpec kJwtContinuousAccess{
    "jwt.cae", FactType::boolean,
    "true: the client understands claims challenges (xms_cc is cp1); else absent"};

}  // namespace fact

inline constexpr const FactSpec* kJwtFacts[] = {
    &fact::kJwtCarrier,      &fact::kJwtForm,           &fact::kJwtAlgorithm,
    &fact::kJwtType,         &fact::kJwtKeyId,          &fact::kJwtAudience,
    &fact::kJwtAudienceName, &fact::kJwtIssuer,         &fact::kJwtTenant,
    &fact::kJwtApp,          &fact::kJwtAppName,        &fact::kJwtVersion,
    &fact::kJwtIssuedAt,     &fact::kJwtNotBefore,      &fact::kJwtExpires,
    &fact::kJwtSecondsLeft,  &fact::kJwtSecondsToStart, &fact::kJwtScope,
    &fact::kJwtRoleCount,    &fact::kJwtMethod,         &fact::kJwtContextClass,
    &fact::kJwtIsApp,        &fact::kJwtOnDevice,       &fact::kJwtContinuousAccess,
};

// `now` is the exchange's time, seconds since 1970 UTC. States user.name, too. False, and nothing
// stated, for an empty token.
bool state_jwt(std::string_view token, std::string_view carrier, std::int64_t now, Facts& facts);

}  // namespace exotap
