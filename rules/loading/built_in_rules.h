// The rules exotap comes with, inside the program: rules/library, as text.
#pragma once

#include <span>

#include "rules/loading/rule_loader.h"

namespace exotap {

// Made at build time from rules/library/**.yml (cmake/embed_rules.cmake), in the order of their
// paths; named "library/FOLDER/NAME.yml".
[[nodiscard]] std::span<const RuleSource> built_in_rules();

}  // namespace exotap
