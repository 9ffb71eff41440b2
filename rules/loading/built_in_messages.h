// The texts of exotap's own rules in its other languages, inside the program: rules/messages.
#pragma once

#include <span>

#include "rules/reading/messages.h"

namespace exotap {

// Made at build time from rules/messages/**.yml (cmake/embed_rules.cmake), in the order of their
// paths; named "messages/LANGUAGE/ROOM.yml".
[[nodiscard]] std::span<const MessageSource> built_in_messages();

}  // namespace exotap
