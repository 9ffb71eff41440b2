#include "capture/message_text.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace exotap {
namespace {

constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_token(std::string_view text) {
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !is_digit(c) && kTokenMarks.find(c) == std::string_view::npos) return false;
  }
  return !text.empty();
}

bool is_printable(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7F) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::uint32_t narrow(std::size_t size) { return static_cast<std::uint32_t>(size); }

// Takes the text line by line and stores what it took in the head, each line ended by CRLF.
class HeadReader {
 public:
  HeadReader(std::string_view text, Head& head) : text_(text), head_(head) {}

  // The next line without its end; nullopt where the text is used up.
  std::optional<std::string_view> next_line() {
    if (at_ >= text_.size()) return std::nullopt;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    std::string_view line = text_.substr(at_, end - at_);
    at_ = std::min(end + 1, text_.size());
    ++line_number_;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
  }

  // Where the line stands in the stored text.
  std::uint32_t store(std::string_view line) {
    const std::uint32_t at = narrow(head_.text.size());
    head_.text.append(line).append("\r\n");
    return at;
  }

  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] std::size_t line_number() const { return line_number_; }

 private:
  std::string_view text_;
  Head& head_;
  std::size_t at_ = 0;
  std::size_t line_number_ = 0;
};

// "HTTP/1.1" (RFC 9112 section 2.3).
bool read_version(std::string_view text, Head& head) {
  if (text.size() != 8 || !text.starts_with("HTTP/") || text[6] != '.' || !is_digit(text[5]) ||
      !is_digit(text[7])) {
    return false;
  }
  head.version_major = static_cast<std::uint8_t>(text[5] - '0');
  head.version_minor = static_cast<std::uint8_t>(text[7] - '0');
  return true;
}

std::string read_request_line(std::string_view line, std::uint32_t at, Head& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return "a request line is METHOD TARGET HTTP/1.1";
  }
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (!is_token(method)) return "the method is no token";
  if (target.empty() || target.find(' ') != std::string_view::npos) {
    return "the target is empty or holds a blank";
  }
  if (!read_version(line.substr(last + 1), head)) return "the version is not HTTP/digit.digit";
  head.method_at = at;
  head.method_size = narrow(first);
  head.target_at = at + narrow(first + 1);
  head.target_size = narrow(target.size());
  return {};
}

std::string read_status_line(std::string_view line, std::uint32_t at, Head& head) {
  // The reason phrase may be missing, and its blank with it.
  const bool has_reason = line.size() > 12 && line[12] == ' ';
  if (line.size() < 12 || line[8] != ' ' || (line.size() > 12 && !has_reason)) {
    return "a status line is HTTP/1.1 CODE REASON";
  }
  if (!read_version(line.substr(0, 8), head)) return "the version is not HTTP/digit.digit";
  std::uint16_t status = 0;
  for (const char c : line.substr(9, 3)) {
    if (!is_digit(c)) return "the status is not three digits";
    status = static_cast<std::uint16_t>(status * 10 + (c - '0'));
  }
  if (status < 100) return "the status is below 100";
  head.status = status;
  head.reason_at = at + narrow(has_reason ? 13 : 12);
  head.reason_size = narrow(line.size()) - narrow(has_reason ? 13 : 12);
  return {};
}

std::string read_field_line(std::string_view line, std::uint32_t at, Head& head) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return "a field line is NAME: VALUE";
  if (!is_token(line.substr(0, colon))) return "the field name is no token";
  if (head.fields.size() == kMaxHeadFields) return "more fields than are read";
  const std::string_view value = trimmed(line.substr(colon + 1));
  const auto value_at =
      value.empty() ? colon + 1 : static_cast<std::size_t>(value.data() - line.data());
  head.fields.push_back({at, narrow(colon), at + narrow(value_at), narrow(value.size())});
  return {};
}

// Everything up to and with the empty line; what is wrong where something is.
std::string read_head(HeadReader& reader, MessageKind kind, Head& head) {
  bool start_line = true;
  while (const auto line = reader.next_line()) {
    if (line->empty() && !start_line) break;
    if (head.text.size() + line->size() > kMaxHeadText) return "the head is longer than is read";
    if (!is_printable(*line)) return "the line holds a control character";
    const std::uint32_t at = reader.store(*line);
    std::string wrong;
    if (!start_line) {
      wrong = read_field_line(*line, at, head);
    } else if (kind == MessageKind::request) {
      wrong = read_request_line(*line, at, head);
    } else {
      wrong = read_status_line(*line, at, head);
    }
    if (!wrong.empty()) return wrong;
    start_line = false;
  }
  if (start_line) return "there is no start line";
  reader.store("");
  return {};
}

}  // namespace

std::variant<Message, MessageTextError> parse_message_text(std::string_view text,
                                                           MessageKind kind) {
  Message message;
  HeadReader reader(text, message.head);
  if (std::string wrong = read_head(reader, kind, message.head); !wrong.empty()) {
    return MessageTextError{std::max<std::size_t>(reader.line_number(), 1), std::move(wrong)};
  }
  message.body = reader.rest();
  message.body_size = message.body.size();
  message.complete = true;
  return message;
}

}  // namespace exotap
