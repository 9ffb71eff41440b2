// One character of a text as the next reader will see it: a secret hides as well behind "%3D",
// "&lt;", "\"" or "%2526" as it does in clear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

struct Glyph {
  char value = '\0';     // the character meant; bytes of UTF-8 as they are
  std::size_t size = 0;  // bytes it takes in the text; 0 at the end of the text
  [[nodiscard]] bool raw() const { return size == 1; }
};

// Understands percent encoding, repeated too (RFC 3986 section 2.1, "%2540"), XML references of
// ASCII characters ("&lt;", "&amp;lt;", "&#64;"), and JSON's escapes of quotes, slashes and ASCII
// (RFC 8259 section 7, repeated too: \\\"). Whatever is none of these is one raw byte.
// Pure; linear: what it reads, it takes.
[[nodiscard]] Glyph escaped_glyph(std::string_view text, std::size_t at);
[[nodiscard]] inline Glyph glyph_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const char c = text[at];
  return c == '%' || c == '&' || c == '\\' ? escaped_glyph(text, at) : Glyph{c, 1};
}

// What `text` says with every glyph replaced by its value, so that the same secret has the same
// stand-in however it was written.
void append_decoded(std::string& out, std::string_view text);

}  // namespace exotap
