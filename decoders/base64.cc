#include "decoders/base64.h"

#include <array>
#include <cstdint>

namespace exotap {
namespace {

constexpr std::array<signed char, 256> make_values() {
  std::array<signed char, 256> values{};
  values.fill(-1);
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<signed char>(i);
  }
  values['-'] = 62;
  values['_'] = 63;
  return values;
}
constexpr std::array<signed char, 256> kValues = make_values();

}  // namespace

std::size_t decode_base64(std::string_view text, std::span<unsigned char> out) {
  std::size_t written = 0;
  // Whole groups at once, for tokens of kilobytes: a letter outside the alphabet is negative, and
  // so is whatever it is joined with.
  while (text.size() >= 4 && out.size() - written >= 3) {
    const auto value = [&](std::size_t i) {
      return int{kValues[static_cast<unsigned char>(text[i])]};
    };
    const int group = value(0) * (1 << 18) | value(1) * (1 << 12) | value(2) * (1 << 6) | value(3);
    if (group < 0) break;
    const auto bits = static_cast<std::uint32_t>(group);
    out[written] = static_cast<unsigned char>(bits >> 16U);
    out[written + 1] = static_cast<unsigned char>(bits >> 8U);
    out[written + 2] = static_cast<unsigned char>(bits);
    written += 3;
    text.remove_prefix(4);
  }
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) break;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    if (written == out.size()) break;
    out[written++] = static_cast<unsigned char>(bits >> static_cast<unsigned>(held));
  }
  return written;
}

}  // namespace exotap
