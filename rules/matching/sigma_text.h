// A Sigma string value taken apart: bytes that stand for themselves, and wildcards.
#pragma once

#include <string>
#include <string_view>

namespace exotap {

// Wildcards among the bytes of a text, beyond every byte.
inline constexpr char16_t kAnyText = 256;       // *
inline constexpr char16_t kAnyCharacter = 257;  // ?

// A backslash takes away the meaning of a wildcard or a backslash after it; before anything else
// it is itself (Sigma rules specification 2.1, escaping).
[[nodiscard]] std::u16string parse_sigma_text(std::string_view text);

// A text that parse_sigma_text() takes apart into these glyphs again.
[[nodiscard]] std::string write_sigma_text(std::u16string_view glyphs);

}  // namespace exotap
