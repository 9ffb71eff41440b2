#include "decoders/document_limits.h"

#include <algorithm>

#include "decoders/ascii.h"
#include "decoders/json.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

constexpr std::size_t npos = std::string_view::npos;

std::size_t behind(std::string_view text, std::string_view end, std::size_t from) {
  const std::size_t at = text.find(end, from);
  return at == npos ? text.size() : at + end.size();
}

// Behind the ">" of the start tag at `at`, quoted values skipped.
std::size_t end_of_tag(std::string_view text, std::size_t at) {
  for (at = text.find_first_of("\"'>", at); at != npos; at = text.find_first_of("\"'>", at)) {
    if (text[at] == '>') return at + 1;
    at = behind(text, text.substr(at, 1), at + 1);
  }
  return text.size();
}

// Behind a document type declaration, its part in brackets skipped.
std::size_t end_of_declaration(std::string_view text, std::size_t at) {
  at = text.find_first_of("[>", at);
  if (at != npos && text[at] == '[') at = text.find(']', at);
  return at == npos ? text.size() : behind(text, ">", at);
}

// Behind the string whose first quote is at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (at = text.find_first_of("\\\"", at + 1); at != npos; at = text.find_first_of("\\\"", at)) {
    if (text[at] == '"') return at + 1;
    at += 2;
    if (at >= text.size()) break;
  }
  return text.size();
}

bool is_empty_container(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at < text.size() && (text[at] == '}' || text[at] == ']');
}

}  // namespace

std::string_view xml_limit(std::string_view text) {
  constexpr std::size_t kLeastTag = 3;  // "<a>"
  if (text.size() > kMaxXmlBytes) return "xml_size";
  if (text.size() <= kLeastTag * kMaxXmlDepth) return {};
  std::size_t tags = 0;
  std::size_t depth = 0;
  bool deep = false;
  for (std::size_t at = text.find('<'); at != npos; at = text.find('<', at)) {
    if (++tags > kMaxXmlTags) return "xml_tags";
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<!--")) {
      at = behind(text, "-->", at);
    } else if (rest.starts_with("<![CDATA[")) {
      at = behind(text, "]]>", at);
    } else if (rest.starts_with("<?")) {
      at = behind(text, "?>", at);
    } else if (rest.starts_with("<!")) {
      at = end_of_declaration(text, at);
    } else if (rest.starts_with("</")) {
      if (depth > 0) --depth;
      at = behind(text, ">", at);
    } else {
      at = end_of_tag(text, at + 1);
      const bool closed = at >= 2 && text[at - 1] == '>' && text[at - 2] == '/';
      deep = deep || depth >= kMaxXmlDepth;
      if (!closed) ++depth;
    }
  }
  return deep ? "xml_depth" : std::string_view{};
}

std::string_view json_limit(std::string_view text) {
  if (text.size() > kMaxJsonBytes) return "json_size";
  if (text.size() <= kMaxJsonDepth) return {};
  std::size_t values = 1;
  std::size_t depth = 0;
  for (std::size_t at = text.find_first_of("\"[]{},"); at != npos;
       at = text.find_first_of("\"[]{},", at)) {
    switch (text[at]) {
      case '"':
        at = end_of_string(text, at);
        continue;
      case '[':
      case '{':
        if (++depth > kMaxJsonDepth) return "json_depth";
        if (!is_empty_container(text, at + 1)) ++values;
        break;
      case ',':
        ++values;
        break;
      default:
        if (depth > 0) --depth;
        break;
    }
    if (values > kMaxJsonValues) return "json_values";
    ++at;
  }
  return {};
}

}  // namespace exotap
