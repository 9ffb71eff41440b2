// What Sigma's value modifiers make of a written value when a rule is loaded: windash, the UTF-16
// encodings, base64, base64offset and expand (Sigma modifiers appendix 2.1).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/matching/modifiers.h"
#include "rules/reading/value_lists.h"

namespace exotap {

inline constexpr std::size_t kMaxForms = 4000;     // of one written value
inline constexpr std::size_t kMaxFormText = 8000;  // bytes of one of them

// The forms of one value, any of which may be found: Sigma texts (regular expressions where the
// comparison is one), the written one first where it stays as it is. One form where there is
// nothing to do. nullopt with the reason in `why` where a transform cannot be applied, a
// placeholder has no values, or the forms are too many or too long.
[[nodiscard]] std::optional<std::vector<std::string>> forms_of(const Modifiers& modifiers,
                                                               std::string_view value,
                                                               const ValueLists& lists,
                                                               std::string& why);

}  // namespace exotap
