#include "decoders/text_encoding.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "decoders/url_parts.h"

namespace exotap {
namespace {

using namespace std::string_view_literals;

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

std::optional<TextEncoding> encoding_named(std::string_view name) {
  if (starts_with_ignoring_case(name, "utf-16be")) return TextEncoding::utf16_be;
  if (starts_with_ignoring_case(name, "utf-16")) return TextEncoding::utf16_le;
  if (starts_with_ignoring_case(name, "utf-8") || starts_with_ignoring_case(name, "utf8") ||
      starts_with_ignoring_case(name, "us-ascii")) {
    return TextEncoding::utf8;
  }
  if (starts_with_ignoring_case(name, "iso-8859-1") ||
      starts_with_ignoring_case(name, "windows-1252") ||
      starts_with_ignoring_case(name, "latin1")) {
    return TextEncoding::latin1;
  }
  return std::nullopt;
}

// The encoding an XML declaration names. A document that can be read as ASCII is not UTF-16,
// whatever it says: ADFS and old ASP pages declare utf-16 and send UTF-8.
std::optional<TextEncoding> declared_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return std::nullopt;
  const std::string_view declaration =
      bytes.substr(0, std::min(bytes.find("?>"), kXmlDeclarationSize));
  std::size_t at = find_ignoring_case(declaration, "encoding");
  if (at == std::string_view::npos) return std::nullopt;
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return std::nullopt;
  return encoding_named(declaration.substr(at + 1));
}

// What is not UTF-16, whatever says so: a text that begins in ASCII.
DetectedEncoding of_ascii_look(std::string_view bytes, std::optional<TextEncoding> named) {
  const auto plain = [](std::optional<TextEncoding> said) {
    return said == TextEncoding::latin1 || said == TextEncoding::utf8;
  };
  const std::optional<TextEncoding> declared = declared_encoding(bytes);
  const bool contradicted =
      named == TextEncoding::utf8 && declared == TextEncoding::latin1 && !is_utf8(bytes);
  if (plain(named) && !contradicted) return {*named, 0, EncodingSource::header};
  if (plain(declared)) return {*declared, 0, EncodingSource::declaration};
  return {};
}

// How long the UTF-8 sequence at the begin of `bytes` is; 0 where there is none, more than there is
// where it is cut.
std::size_t sequence_size(std::string_view bytes) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return 0;
  for (std::size_t i = 1; i < size && i < bytes.size(); ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  if (bytes.size() < 2) return size;
  const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool outside = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
  return overlong || outside ? 0 : size;
}

}  // namespace

DetectedEncoding detect_encoding(std::string_view bytes, std::string_view charset) {
  using Source = EncodingSource;
  const std::optional<TextEncoding> named = encoding_named(charset);
  DetectedEncoding found;
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) {
    found = {TextEncoding::utf8, 3, Source::mark};
  } else if (bytes.starts_with("\xFF\xFE"sv)) {
    found = {TextEncoding::utf16_le, 2, Source::mark};
  } else if (bytes.starts_with("\xFE\xFF"sv)) {
    found = {TextEncoding::utf16_be, 2, Source::mark};
  } else if (bytes.size() >= 2 && bytes[1] == '\0' && (bytes[0] == '<' || bytes[0] == '{')) {
    found = {TextEncoding::utf16_le, 0, Source::look};
  } else if (bytes.size() >= 2 && bytes[0] == '\0' && (bytes[1] == '<' || bytes[1] == '{')) {
    found = {TextEncoding::utf16_be, 0, Source::look};
  } else if (!bytes.empty() && (bytes[0] == '<' || bytes[0] == '{')) {
    found = of_ascii_look(bytes, named);
  } else if (named) {
    found = {*named, 0, Source::header};
  }
  found.unknown_charset = found.source == Source::assumed && !charset.empty() && !named;
  return found;
}

std::string_view encoding_name(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::utf8:
      return "utf-8";
    case TextEncoding::utf16_le:
      return "utf-16le";
    case TextEncoding::utf16_be:
      return "utf-16be";
    case TextEncoding::latin1:
      return "iso-8859-1";
  }
  return {};
}

std::string_view source_name(EncodingSource source) {
  switch (source) {
    case EncodingSource::assumed:
      return "assumed";
    case EncodingSource::mark:
      return "mark";
    case EncodingSource::look:
      return "look";
    case EncodingSource::header:
      return "header";
    case EncodingSource::declaration:
      return "declaration";
  }
  return {};
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t size = sequence_size(bytes);
    if (size == 0) return false;
    bytes.remove_prefix(std::min(size, bytes.size()));
  }
  return true;
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
