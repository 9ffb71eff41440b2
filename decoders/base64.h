// Base64 (RFC 4648 sections 4 and 5), as far as a fixed buffer takes it: decoders look at the first
// bytes of tokens and never keep one whole.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace exotap {

// Decodes into `out` until it is full, or the text ends or stops being Base64 (either alphabet,
// padding or not). Returns how many bytes were written.
[[nodiscard]] std::size_t decode_base64(std::string_view text, std::span<unsigned char> out);

}  // namespace exotap
