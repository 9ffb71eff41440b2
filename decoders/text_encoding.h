// Turns text of the encodings that servers of this trade send into UTF-8. Pure; nothing throws but
// for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

enum class TextEncoding { utf8, utf16_le, utf16_be, latin1 };

struct DetectedEncoding {
  TextEncoding encoding = TextEncoding::utf8;
  std::size_t mark_size = 0;  // bytes of the byte order mark
};

// By byte order mark, else by the look of the first bytes ("<" beside a zero), else by `charset`
// (Content-Type's parameter) or the XML declaration's encoding. UTF-8 where nothing else is said.
[[nodiscard]] DetectedEncoding detect_encoding(std::string_view bytes, std::string_view charset);

// Lone surrogates and a half last unit become U+FFFD. At most `limit` bytes, on a boundary.
[[nodiscard]] std::string utf16_to_utf8(std::string_view bytes, bool big_endian, std::size_t limit);
[[nodiscard]] std::string latin1_to_utf8(std::string_view bytes, std::size_t limit);

}  // namespace exotap
