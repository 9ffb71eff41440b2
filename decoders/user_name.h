// The user a request is about, by ECS's name for it: shared by the decoders whose protocols name
// one beside the credentials.
#pragma once

#include "decoders/facts.h"

namespace exotap {

inline constexpr FactSpec kUserName{"user.name", FactType::text,
                                    "the user the request is for, as its protocol names it"};

}  // namespace exotap
