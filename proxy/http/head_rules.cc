#include "proxy/http/head_rules.h"

#include <algorithm>

#include "proxy/http/characters.h"

namespace exotap::http {
namespace {

constexpr std::string_view kVersionName = "HTTP/";
constexpr std::size_t kVersionSize = 8;  // HTTP/1.1

Refusal start_line(std::string_view reason) { return {FramingError::malformed_start_line, reason}; }
Refusal field_line(std::string_view reason) { return {FramingError::malformed_field, reason}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Drops CRLF; false where the line ends in a bare LF.
bool drop_line_end(std::string_view& line) {
  line.remove_suffix(1);
  if (line.empty() || line.back() != '\r') return false;
  line.remove_suffix(1);
  return true;
}

Refusal read_version(std::string_view text, Head& head) {
  if (text.size() != kVersionSize || !is_digit(text[5]) || text[6] != '.' || !is_digit(text[7])) {
    return start_line("the HTTP version is malformed");
  }
  if (text[5] != '1') {
    return {FramingError::unsupported_version, "the version is not HTTP/1.x"};
  }
  head.version_major = 1;
  head.version_minor = static_cast<std::uint8_t>(text[7] - '0');
  return {};
}

// The request line does not end in a third word that names HTTP.
Refusal not_three_words(std::string_view line) {
  if (line.find(" HTTP/") != std::string_view::npos) {
    return start_line("the request line is not method, target and version");
  }
  if (line.starts_with("GET ") && line.find(' ', 4) == std::string_view::npos) {
    return {FramingError::unsupported_version, "an HTTP/0.9 request"};
  }
  return {FramingError::not_http, "the first line names no HTTP version"};
}

Refusal read_request_line(std::string_view line, Head& head) {
  const std::size_t method = line.find(' ');
  if (method == std::string_view::npos) return not_three_words(line);
  const std::size_t target = line.find(' ', method + 1);
  if (target == std::string_view::npos) return not_three_words(line);
  const std::string_view version = line.substr(target + 1);
  if (!version.starts_with(kVersionName)) return not_three_words(line);
  if (!is_token(line.substr(0, method))) return start_line("the method is not a token");
  if (target == method + 1) return start_line("the request target is empty");
  head.method_size = static_cast<std::uint32_t>(method);
  head.target_at = static_cast<std::uint32_t>(method + 1);
  head.target_size = static_cast<std::uint32_t>(target - method - 1);
  if (line.find('\t') != std::string_view::npos) return start_line("a tab in the request line");
  if (line[head.target_at] == '/') {
    const std::string_view words = line.substr(head.target_at, head.target_size);
    const std::string_view path = words.substr(0, words.find('?'));
    head.path_size = static_cast<std::uint32_t>(std::min(path.find('#'), path.size()));
  }
  return read_version(version, head);
}

Refusal read_status_line(std::string_view line, Head& head) {
  const std::size_t space = line.find(' ');
  if (Refusal refusal = read_version(line.substr(0, space), head)) return refusal;
  const std::string_view rest = line.substr(std::min(line.size(), kVersionSize + 1));
  if (rest.size() < 3 || !std::all_of(rest.begin(), rest.begin() + 3, is_digit) || rest[0] == '0') {
    return start_line("the status is not three digits");
  }
  // Servers leave out the space before an empty reason phrase; nothing else may follow.
  if (rest.size() > 3 && rest[3] != ' ') return start_line("the status is not three digits");
  head.status =
      static_cast<std::uint16_t>((rest[0] - '0') * 100 + (rest[1] - '0') * 10 + (rest[2] - '0'));
  const std::size_t reason = std::min(line.size(), kVersionSize + 5);
  head.reason_at = static_cast<std::uint32_t>(reason);
  head.reason_size = static_cast<std::uint32_t>(line.size() - reason);
  return {};
}

}  // namespace

Refusal check_first_bytes(Direction direction, std::string_view bytes) {
  if (bytes.empty() || bytes.front() == '\r' || bytes.front() == '\n') return {};
  if (direction == Direction::requests) {
    if (is_token_char(bytes.front())) return {};
    return {FramingError::not_http, "the first byte begins no HTTP request"};
  }
  const std::size_t size = std::min(bytes.size(), kVersionName.size());
  if (bytes.substr(0, size) == kVersionName.substr(0, size)) return {};
  return {FramingError::not_http, "the first bytes begin no HTTP answer"};
}

Refusal read_start_line(Direction direction, std::string_view line, Head& head) {
  if (Refusal refusal = check_first_bytes(direction, line)) return refusal;
  if (!drop_line_end(line)) return start_line("the start line ends in a bare LF");
  if (has_control(line)) return start_line("a control character in the start line");
  return direction == Direction::requests ? read_request_line(line, head)
                                          : read_status_line(line, head);
}

Refusal read_field_line(std::string_view line, FieldPosition& position) {
  if (!drop_line_end(line)) return field_line("a line ends in a bare LF");
  if (line.starts_with(' ') || line.starts_with('\t')) {
    return field_line("a folded line or white space before a field name");
  }
  const auto name_end = std::find_if_not(line.begin(), line.end(), is_token_char);
  if (name_end == line.end()) return field_line("a field line without a colon");
  if (*name_end == ' ' || *name_end == '\t') return field_line("white space before a colon");
  if (*name_end != ':') return field_line("a field name holds a character it may not");
  if (name_end == line.begin()) return field_line("a field without a name");
  if (has_control(line)) return field_line("a control character in a field");
  const auto name_size = static_cast<std::size_t>(name_end - line.begin());
  const std::string_view value = trimmed(line.substr(name_size + 1));
  position.name_size = static_cast<std::uint32_t>(name_size);
  position.value_at = static_cast<std::uint32_t>(value.data() - line.data());
  position.value_size = static_cast<std::uint32_t>(value.size());
  return {};
}

// Each byte is looked at once, nearly all of them eight at a time: what ends the value ends the
// line.
std::size_t read_plain_field_line(std::string_view text, FieldPosition& position) {
  std::size_t name_size = 0;
  while (name_size < text.size() && is_token_char(text[name_size])) ++name_size;
  if (name_size == 0 || name_size == text.size() || text[name_size] != ':') return 0;
  const std::string_view rest = text.substr(name_size + 1);
  const std::size_t value_end = find_control(rest);
  if (rest.size() - value_end < 2 || rest[value_end] != '\r' || rest[value_end + 1] != '\n') {
    return 0;
  }
  const std::string_view value = trimmed(rest.substr(0, value_end));
  position.name_at = 0;
  position.name_size = static_cast<std::uint32_t>(name_size);
  position.value_at = static_cast<std::uint32_t>(value.data() - text.data());
  position.value_size = static_cast<std::uint32_t>(value.size());
  return name_size + 1 + value_end + 2;
}

bool is_empty_line(std::string_view line) { return line == "\r\n"; }

}  // namespace exotap::http
