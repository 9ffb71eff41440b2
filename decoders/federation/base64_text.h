// Base64 inside XML and form values (RFC 2045 section 6.8, RFC 4648): broken into lines, and short
// enough to be had whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace exotap {

// The bytes, white space between the letters skipped; nullopt where a letter is none of Base64,
// where there is nothing, or where it would be more than `limit` bytes.
[[nodiscard]] std::optional<std::string> base64_bytes(std::string_view text, std::size_t limit);

}  // namespace exotap
