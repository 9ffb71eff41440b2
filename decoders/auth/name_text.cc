#include "decoders/auth/name_text.h"

#include <algorithm>

#include "decoders/text_encoding.h"

namespace exotap {
namespace {

std::string without_controls(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }, '?');
  return text;
}

}  // namespace

std::string shown_name(std::string_view text) {
  return without_controls(std::string(text.substr(0, kMaxTokenName)));
}

std::string shown_name(std::string_view bytes, bool wide) {
  return without_controls(wide ? utf16_to_utf8(bytes, false, kMaxTokenName)
                               : latin1_to_utf8(bytes, kMaxTokenName));
}

std::string hexadecimal(std::span<const std::uint8_t> bytes) {
  std::string digits;
  for (const std::uint8_t byte : bytes) {
    digits.push_back("0123456789abcdef"[byte >> 4U]);
    digits.push_back("0123456789abcdef"[byte & 15U]);
  }
  return digits;
}

}  // namespace exotap
