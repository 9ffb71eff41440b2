#include "capture/secret_element.h"

#include "capture/characters.h"
#include "capture/glyph.h"
#include "capture/pseudonyms.h"
#include "capture/secret_names.h"

namespace exotap {
namespace {

// The local name of the tag whose name begins at `at`; `end` becomes the place behind it.
PlainName local_name(std::string_view text, std::size_t at, std::size_t* end) {
  PlainName name;
  for (Glyph g = glyph_at(text, at); g.size > 0; g = glyph_at(text, at)) {
    if (ascii::is_space(g.value) || g.value == '>' || g.value == '/' || g.value == '<') break;
    if (g.value == ':') {
      name.clear();
    } else {
      name.push(g.value);
    }
    at += g.size;
  }
  *end = at;
  return name;
}

// Behind the ">" that ends the tag, or before the "<" that ends it too soon; `empty_element` says
// whether it ends in "/>".
std::size_t tag_end(std::string_view text, std::size_t at, bool* empty_element) {
  char before = '\0';
  *empty_element = false;
  while (at < text.size()) {
    const Glyph g = glyph_at(text, at);
    if (g.value == '<') return at;
    at += g.size;
    if (g.value == '>') {
      *empty_element = before == '/';
      return at;
    }
    before = g.value;
  }
  return at;
}

// Where the end tag of `name` begins, elements of the same name inside counted. Only mark-up that
// is written as `open` was counts: in content, "&lt;/Password&gt;" is text.
std::size_t content_end(std::string_view text, std::size_t at, std::string_view name, Glyph open) {
  int depth = 1;
  while (at < text.size()) {
    const Glyph g = glyph_at(text, at);
    const std::size_t tag = at;
    at += g.size;
    if (g.value != '<' || g.size != open.size) continue;
    const Glyph slash = glyph_at(text, at);
    const bool closes = slash.value == '/';
    std::size_t name_end = at;
    const PlainName found = local_name(text, closes ? at + slash.size : at, &name_end);
    if (found.text() != name) continue;
    at = name_end;
    if (closes && --depth == 0) return tag;
    if (closes) continue;
    bool empty_element = false;
    at = tag_end(text, name_end, &empty_element);
    if (!empty_element) ++depth;
  }
  return text.size();
}

}  // namespace

Extent secret_element_content(std::string_view text, std::size_t at) {
  const Glyph open = glyph_at(text, at);
  if (open.value != '<') return {};
  std::size_t name_end = at;
  const PlainName name = local_name(text, at + open.size, &name_end);
  if (!is_secret_element(name)) return {};
  bool empty_element = false;
  const std::size_t begin = tag_end(text, name_end, &empty_element);
  if (empty_element || begin >= text.size()) return {};
  const Extent content{begin, content_end(text, begin, name.text(), open)};
  return is_secret_pseudonym(content.of(text)) ? Extent{} : content;
}

}  // namespace exotap
