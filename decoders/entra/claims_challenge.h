// A claims request (OIDC Core section 5.5): which statements a token has to carry. A server that
// refuses a token sends one with its challenge (claims challenge: Conditional Access, continuous
// access evaluation), and the client hands it on to the authorize or token endpoint.
#pragma once

#include <cstddef>
#include <string_view>

#include "decoders/facts.h"

namespace exotap {

inline constexpr std::size_t kMaxClaimsWanted = 16;      // names stated
inline constexpr std::size_t kMaxClaimsRequest = 16384;  // bytes read of one

namespace fact {

inline constexpr FactSpec kOauthClaimsWanted{
    "oauth.claims_wanted", FactType::text,
    "each statement a token has to carry, by claims challenge or request: access_token.nbf, "
    "access_token.acrs (a Conditional Access authentication context), ..."};

}  // namespace fact

// `claims` is JSON, or JSON in Base64 as WWW-Authenticate carries it; anything else states nothing.
void state_claims_wanted(std::string_view claims, Facts& facts);

}  // namespace exotap
