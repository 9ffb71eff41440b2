// Makes an Exchange from the text of a request and its answer, as a test reads best. It stands in
// for the wire: no framer, no limits, nothing refused; the text is trusted.
#pragma once

#include <charconv>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "capture/exchange.h"

namespace exotap::testing {

namespace text_parts {

// The head's text up to and without its empty line, and what follows it.
inline std::pair<std::string_view, std::string_view> split_head(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n') continue;
    std::size_t next = at + 1;
    if (next < text.size() && text[next] == '\r') ++next;
    if (next < text.size() && text[next] == '\n') {
      return {text.substr(0, at + 1), text.substr(next + 1)};
    }
  }
  return {text, {}};
}

inline std::uint32_t u32(std::size_t n) { return static_cast<std::uint32_t>(n); }

inline void read_start_line(Head& head, std::string_view line, bool answer) {
  const std::size_t first = line.find(' ');
  if (first == std::string_view::npos) return;
  if (answer) {
    std::from_chars(line.data() + first + 1, line.data() + line.size(), head.status);
    const std::size_t second = line.find(' ', first + 1);
    if (line.starts_with("HTTP/")) {
      head.version_major = static_cast<std::uint8_t>(line[5] - '0');
      head.version_minor = first > 7 ? static_cast<std::uint8_t>(line[7] - '0') : std::uint8_t{0};
    }
    if (second == std::string_view::npos) return;
    head.reason_at = u32(second + 1);
    head.reason_size = u32(line.size() - second - 1);
    return;
  }
  const std::size_t last = line.rfind(' ');
  head.method_size = u32(first);
  head.target_at = u32(first + 1);
  head.target_size = u32(last > first ? last - first - 1 : line.size() - first - 1);
  if (line.ends_with("HTTP/1.0")) head.version_minor = 0;
}

inline void read_field(Head& head, std::size_t at, std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  std::size_t begin = colon + 1;
  std::size_t end = line.size();
  while (begin < end && (line[begin] == ' ' || line[begin] == '\t')) ++begin;
  while (end > begin && (line[end - 1] == ' ' || line[end - 1] == '\t')) --end;
  head.fields.push_back({u32(at), u32(colon), u32(at + begin), u32(end - begin)});
}

inline Message message(std::string_view text, bool answer) {
  Message made;
  if (text.empty()) return made;
  const auto [head, body] = split_head(text);
  std::size_t from = 0;
  bool start_line = true;
  while (from < head.size()) {
    std::size_t end = head.find('\n', from);
    if (end == std::string_view::npos) end = head.size();
    std::string_view line = head.substr(from, end - from);
    if (line.ends_with('\r')) line.remove_suffix(1);
    from = end + 1;
    if (line.empty()) continue;
    const std::size_t at = made.head.text.size();
    made.head.text.append(line).append("\r\n");
    if (std::exchange(start_line, false)) {
      read_start_line(made.head, line, answer);
    } else {
      read_field(made.head, at, line);
    }
  }
  made.head.text.append("\r\n");
  made.body = body;
  made.body_size = body.size();
  made.complete = true;
  return made;
}

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

}  // namespace text_parts

// A Message from "start line\nfields\n\nbody"; lines end with LF or CRLF, the body is kept as is.
inline Message request_from_text(std::string_view text) { return text_parts::message(text, false); }
inline Message answer_from_text(std::string_view text) { return text_parts::message(text, true); }

// An opened, mail related HTTPS exchange; the host comes from the Host field. An empty
// `answer_text` is an exchange without an answer. With std::string arguments write
// testing::exchange(): std::exchange would be found beside it.
inline Exchange exchange(std::string_view request_text, std::string_view answer_text) {
  Exchange made;
  made.id = 1;
  made.connection_id = 1;
  made.sequence = 1;
  made.started = WallTime{} + std::chrono::seconds(1'760'000'000);
  made.client = {"127.0.0.1", 50000};
  made.server = {"192.0.2.10", 443};
  made.scheme = "https";
  made.port = 443;
  made.mail_related = true;
  made.request = request_from_text(request_text);
  made.answer = answer_from_text(answer_text);
  if (const auto host = made.request.head.find("Host")) {
    const std::size_t colon = host->find(':');
    made.host = text_parts::lower(host->substr(0, colon));
    if (colon != std::string_view::npos) {
      std::from_chars(host->data() + colon + 1, host->data() + host->size(), made.port);
    }
  }
  return made;
}

// A real message from outside the project, or nullopt where the samples are not there: a test
// then skips itself and says so.
inline std::optional<std::string> sample(std::string_view name) {
  std::ifstream in(std::string(EXOTAP_SAMPLES) + "/" + std::string(name), std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace exotap::testing
