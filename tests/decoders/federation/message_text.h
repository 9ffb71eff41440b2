// How messages are written into URLs, forms and pages.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace exotap::testing {

inline std::string escaped(std::string_view text, bool url) {
  std::string out;
  for (const char c : text) {
    if (url) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    } else {
      out += c == '<' ? "&lt;" : c == '"' ? "&quot;" : c == '&' ? "&amp;" : std::string(1, c);
    }
  }
  return out;
}

inline std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t n) -> std::uint32_t {
      return i + n < bytes.size() ? static_cast<unsigned char>(bytes[i + n]) : 0;
    };
    const std::uint32_t bits = at(0) << 16U | at(1) << 8U | at(2);
    for (std::size_t n = 0; n < 4; ++n) {
      out += i + n > bytes.size() ? '=' : kLetters[bits >> (18U - 6U * n) & 63U];
    }
  }
  return out;
}

}  // namespace exotap::testing
