// A web page's tags, one after the other: a scanner, not a parser of HTML. It builds no tree,
// corrects no nesting and runs no script, so a page costs no more than one pass over its bytes.
// Whole HTML parsers exist (lexbor, gumbo): for start tags and their attributes, a tree is what a
// hostile page would make expensive, and Debian 12 has only a gumbo that its authors no longer
// keep.
//
// Comments, declarations and the insides of script and style are passed over. Bounded by the
// constants below; nothing here allocates.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "decoders/ascii.h"

namespace exotap {

inline constexpr std::size_t kMaxHtmlTags = 20000;     // looked at in one page
inline constexpr std::size_t kMaxHtmlAttributes = 64;  // of one tag

// HTML's white space has the form feed beside XML's.
[[nodiscard]] constexpr bool is_html_space(char c) { return is_space(c) || c == '\f'; }

enum class HtmlPiece { text, start_tag, end_tag, end };

// Views into the page, which has to outlive it.
class HtmlTags {
 public:
  explicit HtmlTags(std::string_view page) : page_(page) {}

  // What stands next; the accessors below are about it.
  HtmlPiece next();

  [[nodiscard]] std::string_view text() const { return text_; }  // of text, still escaped
  [[nodiscard]] std::string_view name() const { return name_; }  // of a tag, in its own case
  [[nodiscard]] bool is(std::string_view lower_name) const {
    return equals_lower(name_, lower_name);
  }
  // Still escaped; empty where the tag has no such attribute, or the page breaks off in its value.
  [[nodiscard]] std::string_view attribute(std::string_view lower_name) const;

 private:
  struct Attribute {
    std::string_view name;
    std::string_view value;
  };

  [[nodiscard]] bool opens_something(std::size_t at) const;
  HtmlPiece read_text();
  HtmlPiece read_tag();
  bool read_attribute();
  std::string_view read_value();
  void skip_past(std::string_view mark);
  void skip_declaration();
  void skip_raw_text();

  std::string_view page_;
  std::size_t at_ = 0;
  std::size_t tags_ = 0;
  std::string_view text_;
  std::string_view name_;
  std::array<Attribute, kMaxHtmlAttributes> attributes_;
  std::size_t attribute_count_ = 0;
};

}  // namespace exotap
