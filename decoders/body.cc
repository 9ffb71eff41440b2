#include "decoders/body.h"

#include <algorithm>
#include <array>
#include <utility>

#include "decoders/ascii.h"
#include "decoders/content_coding.h"
#include "decoders/media_type.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

std::string_view without_leading_blanks(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

std::size_t output_limit(std::size_t input) {
  if (input >= kMaxDecodedBody / kMaxExpansion) return kMaxDecodedBody;
  return std::max(kFreeExpansion, input * kMaxExpansion);
}

}  // namespace

DecodedBody::DecodedBody(const Message& message)
    : viewed_(message.body), truncated_(message.body_truncated()) {
  if (viewed_.empty()) return;
  remove_codings(message);
  if (raw().size() > kMaxDecodedBody) {
    truncated_ = true;
    limit_ = "decoded_size";
    if (owned_) {
      storage_.resize(kMaxDecodedBody);
    } else {
      viewed_ = viewed_.substr(0, kMaxDecodedBody);
    }
  }
  const std::string_view type = message.head.find("Content-Type").value_or("");
  if (!is_binary_type(media_type_of(type))) to_utf8(media_parameter(type, "charset"));
}

// Codings are listed in the order they were applied, so the last is removed first.
void DecodedBody::remove_codings(const Message& message) {
  std::array<std::string_view, kMaxContentCodings> codings;
  std::size_t count = 0;
  for (std::string_view field : message.head.find_all("Content-Encoding")) {
    while (!field.empty()) {
      const std::size_t comma = std::min(field.find(','), field.size());
      const std::string_view name = trim_blanks(field.substr(0, comma));
      field.remove_prefix(std::min(comma + 1, field.size()));
      if (content_coding(name) == ContentCoding::identity) continue;
      if (count == codings.size()) {
        error_ = "more content codings than are removed";
        limit_ = "codings";
        own({});
        return;
      }
      codings[count++] = name;
    }
  }
  while (count > 0 && error_.empty()) remove_coding(codings[--count]);
}

void DecodedBody::remove_coding(std::string_view coding) {
  const std::string_view input = raw();
  const ContentCoding kind = content_coding(coding);
  if (kind == ContentCoding::unknown) {
    error_.append("content coding is not known: ").append(coding.substr(0, 32));
    own({});
    return;
  }
  const std::size_t most = output_limit(input.size());
  Inflated inflated = remove_content_coding(kind, input, most);
  if (inflated.invalid) {
    error_.append(coding).append(": invalid data at byte ");
    error_.append(std::to_string(inflated.consumed));
  } else if (inflated.over_limit) {
    error_.append(coding).append(": expands to more than ");
    error_.append(std::to_string(inflated.bytes.size())).append(" bytes");
    limit_ = most == kMaxDecodedBody ? "decoded_size" : "expansion";
  } else if (!inflated.ended && !truncated_) {
    error_.append(coding).append(": ends too early at byte ");
    error_.append(std::to_string(inflated.consumed));
  }
  if (inflated.ended) trailing_bytes_ += input.size() - inflated.consumed;
  truncated_ = truncated_ || !inflated.ended;
  own(std::move(inflated.bytes));
}

void DecodedBody::to_utf8(std::string_view charset) {
  encoding_ = detect_encoding(raw(), charset);
  const std::string_view bytes = raw().substr(encoding_.mark_size);
  switch (encoding_.encoding) {
    case TextEncoding::utf8:
      skip_ = encoding_.mark_size;
      break;
    case TextEncoding::utf16_le:
      own(utf16_to_utf8(bytes, false, kMaxDecodedBody));
      break;
    case TextEncoding::utf16_be:
      own(utf16_to_utf8(bytes, true, kMaxDecodedBody));
      break;
    case TextEncoding::latin1:
      own(latin1_to_utf8(bytes, kMaxDecodedBody));
      break;
  }
}

void DecodedBody::own(std::string&& bytes) {
  storage_ = std::move(bytes);
  owned_ = true;
}

std::string_view mime_type(const Message& message) {
  // Several decoders ask this of every exchange: eight letters at a time.
  for (std::size_t i = 0; i < message.head.fields.size(); ++i) {
    if (message.head.fields[i].name_size != 12) continue;
    const Field field = message.head.field(i);
    if (!is_field(field.name, "content-type")) continue;
    return media_type_of(field.value);
  }
  return {};
}

bool begins_as_html(std::string_view text) {
  text = without_leading_blanks(text);
  return starts_with_ignoring_case(text, "<!doctype html") ||
         starts_with_ignoring_case(text, "<html");
}

bool begins_as_xml(std::string_view text) {
  text = without_leading_blanks(text);
  if (text.size() < 2 || text[0] != '<' || begins_as_html(text)) return false;
  const char next = text[1];
  return next == '?' || next == '_' || (next >= 'a' && next <= 'z') ||
         (next >= 'A' && next <= 'Z') || text.starts_with("<!--") ||
         static_cast<unsigned char>(next) >= 0x80;
}

}  // namespace exotap
