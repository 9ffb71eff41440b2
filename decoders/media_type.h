// The parameters of a media type or disposition: `text/xml; charset="utf-8"` (RFC 9110 section
// 5.6.6, RFC 2045 section 5.1, RFC 2183). Pure; a thread each; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxMediaParameters = 16;  // of one value; more are not looked at

// The type itself: what stands before the first ";", without blanks around it, as sent.
[[nodiscard]] std::string_view media_type_of(std::string_view value);
// The value of the first parameter of that name (given in lower case), quotes and escapes taken
// away; empty where there is none. A quote that nothing ends reaches to the end.
[[nodiscard]] std::string media_parameter(std::string_view value, std::string_view lower_name);

// True for types whose bodies are no text: what begins like a byte order mark in them is none.
[[nodiscard]] bool is_binary_type(std::string_view type);

}  // namespace exotap
