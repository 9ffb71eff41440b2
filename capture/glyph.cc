#include "capture/glyph.h"

#include <charconv>
#include <cstdint>

#include "capture/characters.h"

namespace exotap {
namespace {

constexpr Glyph kNone{};
constexpr std::size_t kLongestReference = 8;  // "#x00040;" is as long as anybody writes it
constexpr std::size_t kDeepestEscape = 31;    // backslashes: JSON in JSON in JSON in JSON

// The byte two hex digits at `at` name, or -1.
int hex_pair(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return -1;
  const int high = ascii::hex_digit(text[at]);
  const int low = ascii::hex_digit(text[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

Glyph percent_glyph(std::string_view text, std::size_t at) {
  std::size_t i = at + 1;
  while (text.substr(i).starts_with("25")) i += 2;
  int byte = hex_pair(text, i);
  if (byte < 0 && i > at + 1) {  // "%25" alone: a percent sign, not a layer
    i -= 2;
    byte = '%';
  }
  if (byte < 0) return kNone;
  return {static_cast<char>(byte), i + 2 - at};
}

char named_reference(std::string_view name) {
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "quot") return '"';
  if (name == "apos") return '\'';
  if (name.size() < 2 || name.front() != '#') return '\0';
  const bool hex = ascii::lower(name[1]) == 'x';
  const std::string_view digits = name.substr(hex ? 2 : 1);
  std::uint32_t code = 0;
  const auto read =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  const bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
  return whole && code < 0x80 ? static_cast<char>(code) : '\0';
}

Glyph reference_glyph(std::string_view text, std::size_t at) {
  std::size_t i = at + 1;
  while (text.substr(i).starts_with("amp;")) i += 4;
  const std::string_view rest = text.substr(i, kLongestReference + 1);
  const std::size_t end = rest.find(';');
  if (end != std::string_view::npos) {
    const char value = named_reference(rest.substr(0, end));
    if (value != '\0') return {value, i + end + 1 - at};
  }
  return i > at + 1 ? Glyph{'&', i - at} : kNone;
}

Glyph backslash_glyph(std::string_view text, std::size_t at) {
  std::size_t i = at;
  while (i < text.size() && text[i] == '\\' && i - at < kDeepestEscape) ++i;
  if (i == text.size()) return kNone;
  if (text[i] == '"' || text[i] == '/') return {text[i], i + 1 - at};
  if (text[i] != 'u' || hex_pair(text, i + 1) != 0) return kNone;
  const int byte = hex_pair(text, i + 3);
  return byte > 0 && byte < 0x80 ? Glyph{static_cast<char>(byte), i + 5 - at} : kNone;
}

}  // namespace

Glyph escaped_glyph(std::string_view text, std::size_t at) {
  Glyph found;
  switch (text[at]) {
    case '%':
      found = percent_glyph(text, at);
      break;
    case '&':
      found = reference_glyph(text, at);
      break;
    case '\\':
      found = backslash_glyph(text, at);
      break;
    default:
      break;
  }
  return found.size > 0 ? found : Glyph{text[at], 1};
}

void append_decoded(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = glyph_at(text, at);
    out.push_back(glyph.value);
    at += glyph.size;
  }
}

}  // namespace exotap
