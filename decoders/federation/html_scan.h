// The little of a web page that sign-in is carried by: forms that post themselves with hidden
// fields (WS-Federation 1.2 section 13.1, saml-bindings-2.0-os section 3.5.4), and the sentences of
// an error page. A scanner of tags, not a parser of HTML: it builds no tree, corrects no nesting
// and runs no script, so a page can cost no more than one pass over its bytes. Whole HTML parsers
// exist (lexbor, gumbo); for start tags and their attributes a tree is what a hostile page would
// make expensive, and Debian 12's gumbo is out of its authors' care.
//
// Bounded by the constants below. Pure; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

inline constexpr std::size_t kMaxHtmlTags = 20000;     // looked at in one page
inline constexpr std::size_t kMaxHtmlAttributes = 64;  // of one tag
inline constexpr std::size_t kMaxFormFields = 64;      // of one page
inline constexpr std::size_t kMaxPageText = std::size_t{16} << 10;

// Character references replaced: the five of XML, &nbsp; and the numbered ones (HTML standard,
// section "Named character references"). Others stay as they are.
[[nodiscard]] std::string html_unescaped(std::string_view text);

struct HtmlField {
  std::string name;
  std::string value;  // unescaped
};

struct HtmlForm {
  std::string action;  // unescaped; empty where there is none
  std::vector<HtmlField> fields;

  // The value of the first field of that name, compared exactly; nullptr where there is none.
  [[nodiscard]] const std::string* field(std::string_view name) const;
};

// Every form with at least one named input, in order, kMaxFormFields fields in all.
[[nodiscard]] std::vector<HtmlForm> html_forms(std::string_view page);

// What a reader sees of the page: character data outside script, style and comments, one line a
// block, blanks collapsed, unescaped; the first kMaxPageText bytes.
[[nodiscard]] std::string html_text(std::string_view page);
// The same of the inside of the first element with that id; empty where there is none. An element
// without an end tag runs to the page's end.
[[nodiscard]] std::string html_text_of_id(std::string_view page, std::string_view id);

}  // namespace exotap
