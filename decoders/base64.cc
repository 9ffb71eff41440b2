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
