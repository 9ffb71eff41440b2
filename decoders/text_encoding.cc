#include "decoders/text_encoding.h"

#include <algorithm>
#include <cstdint>

#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;
constexpr std::size_t kLongestUtf8 = 4;
constexpr std::size_t kXmlDeclarationSize = 200;  // an encoding further off is not looked for

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

std::uint32_t unit_at(std::string_view bytes, std::size_t at, bool big_endian) {
  const std::uint32_t first = static_cast<unsigned char>(bytes[at]);
  const std::uint32_t second = static_cast<unsigned char>(bytes[at + 1]);
  return big_endian ? first << 8 | second : second << 8 | first;
}

TextEncoding encoding_named(std::string_view name) {
  if (starts_with_ignoring_case(name, "utf-16be")) return TextEncoding::utf16_be;
  if (starts_with_ignoring_case(name, "utf-16")) return TextEncoding::utf16_le;
  if (starts_with_ignoring_case(name, "iso-8859-1") ||
      starts_with_ignoring_case(name, "windows-1252") ||
      starts_with_ignoring_case(name, "latin1")) {
    return TextEncoding::latin1;
  }
  return TextEncoding::utf8;
}

// The encoding an XML declaration names. A document that can be read as ASCII is not UTF-16,
// whatever it says: ADFS and old ASP pages declare utf-16 and send UTF-8.
TextEncoding declared_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return TextEncoding::utf8;
  const std::string_view declaration =
      bytes.substr(0, std::min(bytes.find("?>"), kXmlDeclarationSize));
  std::size_t at = find_ignoring_case(declaration, "encoding");
  if (at == std::string_view::npos) return TextEncoding::utf8;
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return TextEncoding::utf8;
  const TextEncoding named = encoding_named(declaration.substr(at + 1));
  return named == TextEncoding::latin1 ? named : TextEncoding::utf8;
}

}  // namespace

DetectedEncoding detect_encoding(std::string_view bytes, std::string_view charset) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {TextEncoding::utf8, 3};
  if (bytes.starts_with("\xFF\xFE")) return {TextEncoding::utf16_le, 2};
  if (bytes.starts_with("\xFE\xFF")) return {TextEncoding::utf16_be, 2};
  if (bytes.size() >= 2 && bytes[1] == '\0' && (bytes[0] == '<' || bytes[0] == '{')) {
    return {TextEncoding::utf16_le, 0};
  }
  if (bytes.size() >= 2 && bytes[0] == '\0' && (bytes[1] == '<' || bytes[1] == '{')) {
    return {TextEncoding::utf16_be, 0};
  }
  // Without a mark and with an ASCII look, a charset of utf-16 is a wrong label.
  if (!bytes.empty() && (bytes[0] == '<' || bytes[0] == '{')) {
    const TextEncoding declared = declared_encoding(bytes);
    if (declared != TextEncoding::utf8) return {declared, 0};
    const TextEncoding named = encoding_named(charset);
    return {named == TextEncoding::latin1 ? named : TextEncoding::utf8, 0};
  }
  return {encoding_named(charset), 0};
}

std::string utf16_to_utf8(std::string_view bytes, bool big_endian, std::size_t limit) {
  std::string out;
  out.reserve(std::min(bytes.size(), limit));
  std::size_t at = 0;
  while (at < bytes.size() && out.size() + kLongestUtf8 <= limit) {
    std::uint32_t code = kReplacement;
    if (at + 1 < bytes.size()) code = unit_at(bytes, at, big_endian);
    at += 2;
    if (code >= 0xD800 && code < 0xE000) {
      const std::uint32_t low = at + 1 < bytes.size() ? unit_at(bytes, at, big_endian) : 0;
      if (code < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      } else {
        code = kReplacement;
      }
    }
    append_utf8(out, code);
  }
  return out;
}

std::string latin1_to_utf8(std::string_view bytes, std::size_t limit) {
  std::string out;
  out.reserve(std::min(bytes.size() + bytes.size() / 8, limit));
  for (const char c : bytes) {
    if (out.size() + 2 > limit) break;
    append_utf8(out, static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace exotap
