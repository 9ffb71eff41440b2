// Writes ActiveSync WBXML for tests, by the names of elements. Every element says its page, which
// real writers do only where it changes.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "decoders/eas/tokens.h"

namespace exotap::testing {

inline std::uint8_t token_of(std::uint8_t page, std::string_view name) {
  for (std::uint8_t token = 5; token < 64; ++token) {
    if (eas::element_name({page, token}) == name) return token;
  }
  std::abort();  // the test names no element
}

inline std::string text(std::string_view value) {
  return "\x03" + std::string(value) + std::string(1, '\0');
}

inline std::string opaque(std::string_view value) {
  return "\xC3" + std::string(1, static_cast<char>(value.size())) + std::string(value);
}

inline std::string in_page(std::uint8_t page) {
  return std::string(1, '\0') + std::string(1, static_cast<char>(page));
}

inline std::string in(std::uint8_t page, std::string_view name, std::string_view content) {
  const auto token = static_cast<char>(token_of(page, name) | 0x40);
  return in_page(page) + std::string(1, token) + std::string(content) + "\x01";
}

inline std::string empty(std::uint8_t page, std::string_view name) {
  return in_page(page) + std::string(1, static_cast<char>(token_of(page, name)));
}

inline std::string document(std::string_view root) {
  return std::string("\x03\x01\x6A\x00", 4) + std::string(root);
}

}  // namespace exotap::testing
