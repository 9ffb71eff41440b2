#include "decoders/multipart.h"

#include <algorithm>
#include <utility>

#include "decoders/ascii.h"
#include "decoders/media_type.h"

namespace exotap {
namespace {

constexpr std::size_t npos = std::string_view::npos;

std::string_view trim_spaces(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Where the line that begins at `from` ends, its line end included; folded lines belong to it.
std::size_t end_of_field(std::string_view text, std::size_t from) {
  while (true) {
    const std::size_t line = text.find('\n', from);
    if (line == npos) return text.size();
    from = line + 1;
    if (from >= text.size() || !is_blank(text[from])) return from;
  }
}

}  // namespace

std::string_view MultipartPart::field(std::string_view lower_name) const {
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = end_of_field(head, at);
    const std::string_view line = head.substr(at, end - at);
    const std::size_t colon = line.find(':');
    if (colon != npos && equals_lower(trim_spaces(line.substr(0, colon)), lower_name)) {
      return trim_spaces(line.substr(colon + 1));
    }
    at = end;
  }
  return {};
}

std::string_view MultipartPart::type() const {
  const std::string_view type = media_type_of(field("content-type"));
  return type.empty() ? "text/plain" : type;
}

MultipartReader::MultipartReader(std::string_view body, std::string boundary)
    : body_(body), mark_("--") {
  if (boundary.empty() || boundary.size() > kMaxBoundary) {
    at_ = body_.size();
    return;
  }
  mark_.append(std::move(boundary));
  const Delimiter first = find_delimiter(0);
  at_ = first.end;
  closed_ = first.closing;
}

// A delimiter stands at the begin of a line, alone but for blanks and, the last one, "--". What
// only begins like it is content. At the end of the bytes a line may be cut short.
MultipartReader::Delimiter MultipartReader::find_delimiter(std::size_t from) const {
  for (std::size_t at = body_.find(mark_, from); at != npos; at = body_.find(mark_, at + 1)) {
    if (at != 0 && body_[at - 1] != '\n') continue;
    std::size_t end = at + mark_.size();
    const bool closing = body_.substr(end).starts_with("--");
    if (closing) end += 2;
    while (end < body_.size() && (is_blank(body_[end]) || body_[end] == '\r')) ++end;
    if (end < body_.size() && body_[end] != '\n') continue;
    std::size_t begin = at;
    if (begin > from && body_[begin - 1] == '\n') --begin;
    if (begin > from && begin < at && body_[begin - 1] == '\r') --begin;
    return {begin, std::min(end + 1, body_.size()), closing};
  }
  return {npos, body_.size(), false};
}

bool MultipartReader::next(MultipartPart& part) {
  part = {};
  if (closed_ || at_ >= body_.size()) return false;
  if (parts_ == kMaxMultipartParts) {
    too_many_parts_ = true;
    return false;
  }
  ++parts_;
  const Delimiter delimiter = find_delimiter(at_);
  part.whole = delimiter.begin != npos;
  const std::size_t end = part.whole ? delimiter.begin : body_.size();
  split(body_.substr(at_, end - at_), part);
  at_ = delimiter.end;
  closed_ = delimiter.closing;
  return true;
}

void MultipartReader::split(std::string_view bytes, MultipartPart& part) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t line = bytes.find('\n', at);
    const std::size_t end = line == npos ? bytes.size() : line + 1;
    if (trim_spaces(bytes.substr(at, end - at)).empty()) {
      part.head = bytes.substr(0, at);
      part.body = bytes.substr(end);
      return;
    }
    if (end > kMaxMultipartHead) {
      too_long_head_ = true;
      return;
    }
    at = end;
  }
  part.head = bytes;
}

MultipartPart root_part(std::string_view body, std::string_view content_type) {
  const std::string start = media_parameter(content_type, "start");
  MultipartReader reader(body, media_parameter(content_type, "boundary"));
  MultipartPart first;
  if (!reader.next(first) || start.empty()) return first;
  MultipartPart part = first;
  do {
    if (part.field("content-id") == start) return part;
  } while (reader.next(part));
  return first;
}

}  // namespace exotap
