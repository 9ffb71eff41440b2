#include "rules/matching/sigma_text.h"

#include <cstddef>

namespace exotap {
namespace {

bool is_special(char c) { return c == '*' || c == '?' || c == '\\'; }

}  // namespace

std::u16string parse_sigma_text(std::string_view text) {
  std::u16string glyphs;
  glyphs.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '*') {
      glyphs.push_back(kAnyText);
      continue;
    }
    if (c == '?') {
      glyphs.push_back(kAnyCharacter);
      continue;
    }
    if (c == '\\' && i + 1 < text.size() && is_special(text[i + 1])) c = text[++i];
    glyphs.push_back(static_cast<unsigned char>(c));
  }
  return glyphs;
}

std::string write_sigma_text(std::u16string_view glyphs) {
  std::string text;
  text.reserve(glyphs.size());
  for (const char16_t glyph : glyphs) {
    if (glyph == kAnyText) {
      text += '*';
    } else if (glyph == kAnyCharacter) {
      text += '?';
    } else {
      const char c = static_cast<char>(glyph);
      if (is_special(c)) text += '\\';
      text += c;
    }
  }
  return text;
}

}  // namespace exotap
