#include "decoders/entra/hidden_form.h"

#include <array>
#include <optional>

#include "decoders/ascii.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxTag = 64 * 1024;  // bytes of one <input ...> that are looked at

struct Entity {
  std::string_view name;
  char character;
};
constexpr std::array<Entity, 6> kEntities = {{{"&amp;", '&'},
                                              {"&quot;", '"'},
                                              {"&#39;", '\''},
                                              {"&#x27;", '\''},
                                              {"&lt;", '<'},
                                              {"&gt;", '>'}}};

// The value of an attribute in a tag's text, quotes taken away, entities still in.
std::string_view attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = find_ignoring_case(tag, name); at != std::string_view::npos;
       at = find_ignoring_case(tag, name)) {
    tag.remove_prefix(at + name.size());
    if (!tag.starts_with('=')) continue;
    std::string_view value = tag.substr(1);
    if (!value.starts_with('"') && !value.starts_with('\'')) {
      return value.substr(0, value.find_first_of(" \t\r\n/>"));
    }
    const char quote = value.front();
    value.remove_prefix(1);
    return value.substr(0, value.find(quote));
  }
  return {};
}

void append_encoded(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  const char lower = ascii_lower(c);
  if ((lower >= 'a' && lower <= 'z') || is_ascii_digit(c) || c == '-' || c == '_' || c == '.') {
    out.push_back(c);
    return;
  }
  out.push_back('%');
  out.push_back(kHex[byte >> 4U]);
  out.push_back(kHex[byte & 15U]);
}

struct Character {
  char character;
  std::size_t size;  // bytes of the text it stands for
};

Character first_character(std::string_view text) {
  for (const Entity& entity : kEntities) {
    if (text.starts_with(entity.name)) return {entity.character, entity.name.size()};
  }
  return {text.front(), 1};
}

void append_value(std::string& out, std::string_view value) {
  while (!value.empty()) {
    const Character next = first_character(value);
    append_encoded(out, next.character);
    value.remove_prefix(next.size);
  }
}

}  // namespace

std::string without_entities(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Character next = first_character(text);
    out.push_back(next.character);
    text.remove_prefix(next.size);
  }
  return out;
}

std::string hidden_form(std::string_view html) {
  std::string form;
  const std::size_t begin = find_ignoring_case(html, "<form");
  if (begin == std::string_view::npos) return form;
  html.remove_prefix(begin);
  for (std::size_t fields = 0; fields < kMaxHiddenFields;) {
    const std::size_t at = find_ignoring_case(html, "<input");
    if (at == std::string_view::npos) break;
    html.remove_prefix(at + 6);
    const std::string_view tag = html.substr(0, std::min(html.find('>'), kMaxTag));
    const std::string_view name = attribute(tag, " name");
    const std::string_view value = attribute(tag, " value");
    if (name.empty()) continue;
    if (!form.empty()) form.push_back('&');
    append_value(form, name.substr(0, 64));
    form.push_back('=');
    if (value.size() > kMaxHiddenValue) {
      form.push_back('x');
    } else {
      append_value(form, value);
    }
    ++fields;
  }
  return form;
}

}  // namespace exotap
