// Characters of UTF-8 (RFC 3629), for whoever writes text where others will read it.
#pragma once

#include <cstddef>
#include <string_view>

namespace exotap {

// How many bytes the character at the beginning of `text` has; 0 where none begins there: broken,
// cut short, overlong, a surrogate, or over U+10FFFF.
[[nodiscard]] std::size_t utf8_size(std::string_view text);

// The code point of a whole character: what utf8_size() found, nothing more.
[[nodiscard]] char32_t code_point(std::string_view character);

// Characters beyond ASCII that end lines, steer terminals, turn the direction of writing or are
// not seen at all: C1 controls, U+2028 and U+2029, bidirectional marks, zero-width ones.
[[nodiscard]] bool is_treacherous(char32_t code);

}  // namespace exotap
