#include "capture/secret_value.h"

#include <algorithm>

#include "capture/characters.h"
#include "capture/pseudonyms.h"

namespace exotap {
namespace {

constexpr std::size_t kShortestOpaqueParameter = 16;
constexpr std::size_t kLongestLook = 64;

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

// Behind the blanks at `at`.
std::size_t after_blanks(std::string_view text, std::size_t at) {
  for (Glyph g = glyph_at(text, at); g.size > 0 && ascii::is_blank(g.value);
       g = glyph_at(text, at)) {
    at += g.size;
  }
  return at;
}

// Up to the quote that is written as `open` was; a backslash takes what follows with it.
std::size_t quoted_end(std::string_view text, std::size_t at, Glyph open) {
  while (at < text.size()) {
    if (open.raw() && text[at] == '\\') {
      at += 2;
      continue;
    }
    const Glyph g = glyph_at(text, at);
    if (g.value == open.value && g.size == open.size) return at;
    at += g.size;
  }
  return text.size();
}

// Behind "=": up to what parts parameters, written as deep as the separator was, or in clear. An
// apostrophe is part of a value: browsers leave it unencoded.
std::size_t parameter_end(std::string_view text, std::size_t at, Glyph separator) {
  while (at < text.size()) {
    const Glyph g = glyph_at(text, at);
    const bool ends = g.value == '&' || ascii::is_space(g.value) || g.value == '"' ||
                      g.value == '<' || g.value == '>';
    if (ends && (g.raw() || g.size == separator.size)) return at;
    at += g.size;
  }
  return at;
}

// Behind ":" without quotes: up to what parts values in JSON, or a blank.
std::size_t bare_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const Glyph g = glyph_at(text, at);
    if (ascii::is_space(g.value) || g.value == ',' || g.value == '}' || g.value == ']' ||
        g.value == '&') {
      return at;
    }
    at += g.size;
  }
  return at;
}

// Behind a list or object, brackets inside counted.
std::size_t bracketed_end(std::string_view text, std::size_t at) {
  int depth = 0;
  while (at < text.size()) {
    const Glyph g = glyph_at(text, at);
    at += g.size;
    if (g.value == '[' || g.value == '{') ++depth;
    if ((g.value == ']' || g.value == '}') && --depth == 0) return at;
  }
  return at;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const Glyph g = glyph_at(text, at);
    if (is_line_end(g.value)) return at;
    at += g.size;
  }
  return at;
}

bool is_json_constant(std::string_view value) {
  return value == "true" || value == "false" || value == "null";
}

// A word as a sentence goes on with, "the" or "Expired.": no digits, no capitals inside.
bool is_prose(std::string_view value) {
  while (!value.empty() && (value.back() == '.' || value.back() == ',' || value.back() == ';')) {
    value.remove_suffix(1);
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = i == 0 ? ascii::lower(value[i]) : value[i];
    if (c < 'a' || c > 'z') return false;
  }
  return true;
}

// Letters and digits mixed, and long: `code=` in a sentence has "0x80072EE7" or "500" behind it.
// Only the beginning is looked at.
bool begins_opaque(std::string_view text, std::size_t at, Glyph separator) {
  const std::string_view begin = text.substr(at, kLongestLook);
  const std::string_view value = begin.substr(0, parameter_end(begin, 0, separator));
  bool digit = false;
  bool letter = false;
  for (const char c : value) {
    digit = digit || ascii::is_digit(c);
    letter = letter || ascii::is_letter(c);
  }
  return value.size() >= kShortestOpaqueParameter && digit && letter;
}

// Of "Basic dXNlcjpwYXNz" the scheme stays readable.
std::size_t after_scheme(std::string_view text, std::size_t at) {
  PlainName word;
  std::size_t i = at;
  for (Glyph g = glyph_at(text, i); g.size > 0 && !ascii::is_space(g.value);
       g = glyph_at(text, i)) {
    word.push(g.value);
    i += g.size;
  }
  const std::size_t behind = after_blanks(text, i);
  return behind > i && is_credential_scheme(word) ? behind : at;
}

Extent unless_harmless(std::string_view text, Extent value) {
  return is_secret_pseudonym(value.of(text)) ? Extent{} : value;
}

}  // namespace

Extent secret_value(std::string_view text, const ValueStart& start) {
  const std::size_t at = after_blanks(text, start.at);
  const Glyph first = glyph_at(text, at);
  const bool colon = start.separator.value == ':';
  if (start.secrecy == Secrecy::parameter) {
    if (colon) return {};
    if (!start.parameter && !begins_opaque(text, at, start.separator)) return {};
    return unless_harmless(text, {at, parameter_end(text, at, start.separator)});
  }
  if (first.value == '"' || (first.value == '\'' && colon)) {
    return unless_harmless(text, quoted_value(text, at));
  }
  if (!colon) {
    std::size_t end = parameter_end(text, at, start.separator);
    if (first.value == '\'') {  // a quotation, or a value that begins with an apostrophe
      const std::size_t quote = quoted_end(text, at + first.size, first);
      if (quote < text.size()) end = std::max(end, quote);
    }
    return unless_harmless(text, {at, end});
  }
  if (start.secrecy == Secrecy::line) {
    return unless_harmless(text, {after_scheme(text, at), line_end(text, at)});
  }
  if (first.value == '[' || first.value == '{') {
    const Extent all{at, bare_end(text, at)};
    return is_secret_pseudonym(all.of(text)) ? Extent{} : Extent{at, bracketed_end(text, at)};
  }
  const Extent value{at, bare_end(text, at)};
  if (is_json_constant(value.of(text))) return {};
  if (at > start.at && is_prose(value.of(text))) return {};
  return unless_harmless(text, value);
}

Extent quoted_value(std::string_view text, std::size_t at) {
  at = after_blanks(text, at);
  const Glyph quote = glyph_at(text, at);
  if (quote.value != '"' && quote.value != '\'') return {};
  const std::size_t begin = at + quote.size;
  return {begin, quoted_end(text, begin, quote)};
}

Extent userinfo_password(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find_first_of("/?# \t\r\n\"'<>", at), text.size());
  const std::string_view authority = text.substr(at, end - at);
  const std::size_t host = authority.rfind('@');
  const std::size_t colon = authority.find(':');
  if (host == std::string_view::npos || colon == std::string_view::npos || colon > host) return {};
  return unless_harmless(text, {at + colon + 1, at + host});
}

}  // namespace exotap
