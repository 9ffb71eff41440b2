// The fact for who signs in, where a protocol names the user outright. Shared by all decoders;
// redaction knows it, so that pseudonyms stand in the log where they are asked for.
#pragma once

#include <cstddef>
#include <string_view>

#include "decoders/facts.h"

namespace exotap {

inline constexpr FactSpec kUserName{"user.name", FactType::text,
                                    "who signs in, as the request, the answer or a token names "
                                    "the user; may repeat where they name different ones"};

inline constexpr std::size_t kMaxUserName = 320;  // RFC 5321: 64 and 255 bytes around "@"

// States the user once, without case; nothing for an empty name or one too long to be any.
void state_user(std::string_view name, Facts& facts);

}  // namespace exotap
