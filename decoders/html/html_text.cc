#include "decoders/html/html_text.h"

#include <algorithm>
#include <array>

#include "decoders/html/html_entities.h"
#include "decoders/html/html_tags.h"

namespace exotap {
namespace {

// Elements that stand inside a line.
bool is_inline(const HtmlTags& tag) {
  constexpr std::array<std::string_view, 12> kInline = {
      "a", "b", "code", "em", "font", "i", "label", "small", "span", "strong", "u", "wbr"};
  return std::any_of(kInline.begin(), kInline.end(),
                     [&](std::string_view name) { return tag.is(name); });
}

void append_collapsed(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (!is_html_space(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ' && out.back() != '\n') {
      out.push_back(' ');
    }
  }
}

void end_line(std::string& out) {
  while (out.ends_with(' ')) out.pop_back();
  if (!out.empty() && out.back() != '\n') out.push_back('\n');
}

// Adds the piece to the text; false once there is enough.
bool take(std::string& out, HtmlPiece piece, const HtmlTags& tags) {
  if (piece == HtmlPiece::text) {
    append_collapsed(out, html_unescaped(tags.text().substr(0, kMaxPageText - out.size())));
  } else if (!is_inline(tags)) {
    end_line(out);
  }
  return out.size() < kMaxPageText;
}

}  // namespace

std::string html_text(std::string_view page) {
  std::string out;
  HtmlTags tags(page);
  for (HtmlPiece piece = tags.next(); piece != HtmlPiece::end; piece = tags.next()) {
    if (!take(out, piece, tags)) break;
  }
  end_line(out);
  return out;
}

std::string html_text_of_id(std::string_view page, std::string_view id) {
  std::string out;
  HtmlTags tags(page);
  HtmlPiece piece = tags.next();
  while (piece != HtmlPiece::end &&
         !(piece == HtmlPiece::start_tag && tags.attribute("id") == id)) {
    piece = tags.next();
  }
  const std::string_view name = tags.name();
  std::size_t depth = 1;
  for (piece = tags.next(); piece != HtmlPiece::end; piece = tags.next()) {
    const bool same = piece != HtmlPiece::text && tags.name() == name;
    if (same && piece == HtmlPiece::start_tag) ++depth;
    if (same && piece == HtmlPiece::end_tag && --depth == 0) break;
    if (!take(out, piece, tags)) break;
  }
  end_line(out);
  if (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace exotap
