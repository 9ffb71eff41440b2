#include "capture/json_text.h"

#include <array>
#include <charconv>

#include "capture/utf8.h"

namespace exotap {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// True for the bytes that stand for themselves in a JSON string: printable ASCII but " and \.
constexpr std::array<bool, 256> make_plain() {
  std::array<bool, 256> plain{};
  for (unsigned c = 0x20; c < 0x7F; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}
constexpr auto kPlain = make_plain();

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

void append_unicode_escape(std::string& out, char32_t code) {
  out.append("\\u");
  for (unsigned shift = 16; shift > 0; shift -= 4) {
    out.push_back("0123456789abcdef"[code >> (shift - 4) & 0xFU]);
  }
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out.append("\\\"");
      return;
    case '\\':
      out.append("\\\\");
      return;
    case '\n':
      out.append("\\n");
      return;
    case '\r':
      out.append("\\r");
      return;
    case '\t':
      out.append("\\t");
      return;
    default:
      break;
  }
  append_unicode_escape(out, static_cast<unsigned char>(c));
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t plain = at;
    while (plain < text.size() && kPlain[byte_at(text, plain)]) ++plain;
    out.append(text.substr(at, plain - at));
    if (plain == text.size()) break;
    at = plain;
    const std::size_t size = utf8_size(text.substr(at));
    if (size == 0) {
      out.append(kReplacement);
      ++at;
    } else if (size == 1) {
      append_escaped(out, text[at++]);
    } else {
      const std::string_view character = text.substr(at, size);
      if (const char32_t code = code_point(character); is_treacherous(code)) {
        append_unicode_escape(out, code);
      } else {
        out.append(character);
      }
      at += size;
    }
  }
  out.push_back('"');
}

void append_json_number(std::string& out, std::int64_t number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace exotap
