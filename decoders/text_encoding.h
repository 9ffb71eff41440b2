// Turns text of the encodings that servers of this trade send into UTF-8. Pure; nothing throws but
// for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

enum class TextEncoding { utf8, utf16_le, utf16_be, latin1 };

// Who said so: nobody, a byte order mark, the look of the first bytes, Content-Type's charset, the
// XML declaration.
enum class EncodingSource { assumed, mark, look, header, declaration };

struct DetectedEncoding {
  TextEncoding encoding = TextEncoding::utf8;
  std::size_t mark_size = 0;  // bytes of the byte order mark
  EncodingSource source = EncodingSource::assumed;
  bool unknown_charset = false;  // `charset` names one that is not read here; it is taken for UTF-8
};

// By byte order mark, else by the look of the first bytes ("<" beside a zero), else by `charset`
// (Content-Type's parameter), else by the XML declaration's encoding (RFC 7303 section 3). UTF-8
// where nothing else is said. A charset of UTF-8 does not count where the bytes are not UTF-8 and
// the declaration has another: web servers add the one without a look at the other.
[[nodiscard]] DetectedEncoding detect_encoding(std::string_view bytes, std::string_view charset);

[[nodiscard]] std::string_view encoding_name(TextEncoding encoding);  // "utf-16le"
[[nodiscard]] std::string_view source_name(EncodingSource source);    // "header"
// Whether all of it is UTF-8 (RFC 3629); a character cut at the end is no fault.
[[nodiscard]] bool is_utf8(std::string_view bytes);

// Lone surrogates and a half last unit become U+FFFD. At most `limit` bytes, on a boundary.
[[nodiscard]] std::string utf16_to_utf8(std::string_view bytes, bool big_endian, std::size_t limit);
[[nodiscard]] std::string latin1_to_utf8(std::string_view bytes, std::size_t limit);

}  // namespace exotap
