// Takes tokens out of sentences servers write for people: error descriptions sometimes quote the
// very token they refuse.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

// A word of Base64 or token characters this long is no word of a language, and no GUID (36).
inline constexpr std::size_t kMinTokenWord = 60;
inline constexpr std::size_t kMinJwtWord = 16;  // a word that begins as a JWT does, "eyJ"

// The text with such words replaced by "[redacted]"; a view of `text` itself where there are none,
// else of `buffer`.
[[nodiscard]] std::string_view without_token_words(std::string_view text, std::string& buffer);

}  // namespace exotap
