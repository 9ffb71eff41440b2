// ASCII without case and without locale, fast enough for every field name of every message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace exotap {

[[nodiscard]] constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

[[nodiscard]] constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

[[nodiscard]] constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

// White space as XML and HTML bodies begin with it.
[[nodiscard]] constexpr bool is_space(char c) { return is_blank(c) || c == '\r' || c == '\n'; }

// Whether `text` is `lower` but for the case of its letters. `lower` has no upper-case letter.
[[nodiscard]] constexpr bool equals_lower(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (ascii_lower(text[i]) != lower[i]) return false;
  }
  return true;
}

[[nodiscard]] constexpr bool starts_with_lower(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && equals_lower(text.substr(0, lower.size()), lower);
}

[[nodiscard]] constexpr bool ends_with_lower(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         equals_lower(text.substr(text.size() - lower.size()), lower);
}

// A field name against a known one, eight bytes at a time. `N` counts the literal's terminator.
// Setting bit 5 makes letters lower case and leaves digits and '-' alone; the other pairs it
// confuses ('[' and '{', ...) hold no two characters a field name may be made of (RFC 9110 5.6.2),
// except '^' with '~', which no name here has.
template <std::size_t N>
[[nodiscard]] inline bool is_field(std::string_view name, const char (&lower)[N]) {
  constexpr std::size_t kSize = N - 1;
  if (name.size() != kSize) return false;
  constexpr std::uint64_t kBit5 = 0x2020202020202020ULL;
  const auto same_eight = [&](std::size_t at) {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::memcpy(&a, name.data() + at, 8);
    std::memcpy(&b, lower + at, 8);
    return ((a | kBit5) ^ b) == 0;
  };
  if constexpr (kSize < 8) {
    return equals_lower(name, std::string_view(lower, kSize));
  } else {
    for (std::size_t at = 0; at + 8 <= kSize; at += 8) {
      if (!same_eight(at)) return false;
    }
    return same_eight(kSize - 8);
  }
}

[[nodiscard]] constexpr std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace exotap
