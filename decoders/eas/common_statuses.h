// The Status values that mean the same in every command (MS-ASCMD section 2.2.2).
//
// Pure; nothing throws.
#pragma once

#include <cstdint>

#include "decoders/eas/statuses.h"

namespace exotap::eas {

// StatusKind::failure without a name where the value is none of them.
[[nodiscard]] StatusMeaning common_status(std::int64_t value);

}  // namespace exotap::eas
