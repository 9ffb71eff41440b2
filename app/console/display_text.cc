#include "app/console/display_text.h"

#include <algorithm>
#include <array>

#include "capture/utf8.h"
#include "decoders/ascii.h"

namespace exotap {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

struct Range {
  char32_t first;
  char32_t last;
};

// Blocks of combining characters. What is missing here is only shown in a narrower place.
constexpr std::array<Range, 12> kCombining = {{{0x0300, 0x036F},
                                               {0x0483, 0x0489},
                                               {0x0591, 0x05BD},
                                               {0x0610, 0x061A},
                                               {0x064B, 0x065F},
                                               {0x0E34, 0x0E3A},
                                               {0x0E47, 0x0E4E},
                                               {0x1AB0, 0x1AFF},
                                               {0x1DC0, 0x1DFF},
                                               {0x20D0, 0x20FF},
                                               {0xFE00, 0xFE0F},
                                               {0xFE20, 0xFE2F}}};

// Wide and fullwidth characters, neighbouring blocks taken together.
constexpr std::array<Range, 13> kWide = {{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0xA4CF},
                                          {0xA960, 0xA97F},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x16FE0, 0x1B2FF},
                                          {0x1F300, 0x1F64F},
                                          {0x1F680, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};

bool in(auto& ranges, char32_t code) {
  const auto range = std::upper_bound(
      ranges.begin(), ranges.end(), code,
      [](char32_t value, const Range& candidate) { return value < candidate.first; });
  return range != ranges.begin() && code <= std::prev(range)->last;
}

std::size_t columns_of(std::string_view character) {
  if (character.size() == 1) return 1;
  const char32_t code = code_point(character);
  if (in(kCombining, code)) return 0;
  return in(kWide, code) ? 2 : 1;
}

// The first character of printable text; a broken one is a byte.
std::string_view first_of(std::string_view text) {
  return text.substr(0, std::max<std::size_t>(utf8_size(text), 1));
}

bool is_white(char c) { return is_space(c) || c == '\v' || c == '\f'; }

}  // namespace

void append_printable(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = utf8_size(text);
    const std::string_view character = text.substr(0, std::max<std::size_t>(size, 1));
    const auto byte = static_cast<unsigned char>(character[0]);
    if (size == 1 && is_white(character[0])) {
      out.push_back(' ');
    } else if (size == 0 || byte < 0x20 || byte == 0x7F ||
               (size > 1 && is_treacherous(code_point(character)))) {
      out.append(kReplacement);
    } else {
      out.append(character);
    }
    text.remove_prefix(character.size());
  }
}

std::string printable(std::string_view text) {
  std::string out;
  append_printable(out, text);
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::string_view character = first_of(text);
    width += columns_of(character);
    text.remove_prefix(character.size());
  }
  return width;
}

std::size_t bytes_within(std::string_view text, std::size_t columns) {
  std::size_t width = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view character = first_of(text.substr(at));
    width += columns_of(character);
    if (width > columns) break;
    at += character.size();
  }
  return at;
}

}  // namespace exotap
