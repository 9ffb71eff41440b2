#include "decoders/body_facts.h"

#include <algorithm>
#include <array>
#include <string>

#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/auth/name_text.h"
#include "decoders/body.h"
#include "decoders/content_coding.h"
#include "decoders/document_limits.h"
#include "decoders/media_type.h"
#include "decoders/multipart.h"

namespace exotap {
namespace {

using namespace fact;

constexpr std::size_t kMaxCodingName = 32;
constexpr std::size_t kMaxCodingsShown = 8;

constexpr const FactSpec* kEmits[] = {
    &kRequestBodyCoding,          &kRequestBodyDecodedBytes,   &kRequestBodyCharset,
    &kRequestBodyCharsetSource,   &kRequestBodyTrailingBytes,  &kRequestBodyTruncated,
    &kRequestBodyLimit,           &kRequestBodyParts,          &kRequestBodyPartType,
    &kResponseBodyCoding,         &kResponseBodyDecodedBytes,  &kResponseBodyCharset,
    &kResponseBodyCharsetSource,  &kResponseBodyTrailingBytes, &kResponseBodyTruncated,
    &kResponseBodyLimit,          &kResponseBodyParts,         &kResponseBodyPartType,
    &kResponseBodyJsonUnfinished, &kDecodeBodyError,
};

// The same facts for either direction.
struct Side {
  std::string_view name;
  const FactSpec& coding;
  const FactSpec& decoded_bytes;
  const FactSpec& charset;
  const FactSpec& charset_source;
  const FactSpec& trailing_bytes;
  const FactSpec& truncated;
  const FactSpec& limit;
  const FactSpec& parts;
  const FactSpec& part_type;
  const FactSpec* json_unfinished = nullptr;
};
constexpr Side kOfRequest{"request",
                          kRequestBodyCoding,
                          kRequestBodyDecodedBytes,
                          kRequestBodyCharset,
                          kRequestBodyCharsetSource,
                          kRequestBodyTrailingBytes,
                          kRequestBodyTruncated,
                          kRequestBodyLimit,
                          kRequestBodyParts,
                          kRequestBodyPartType};
constexpr Side kOfAnswer{"answer",
                         kResponseBodyCoding,
                         kResponseBodyDecodedBytes,
                         kResponseBodyCharset,
                         kResponseBodyCharsetSource,
                         kResponseBodyTrailingBytes,
                         kResponseBodyTruncated,
                         kResponseBodyLimit,
                         kResponseBodyParts,
                         kResponseBodyPartType,
                         &kResponseBodyJsonUnfinished};

// A part's head is a stranger's body: a control character in it is none of a type's letters.
std::string lower(std::string_view text, std::size_t most) {
  std::string out = shown_name(text.substr(0, most));
  std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
  return out;
}

// What the head says of the body, from one pass over its fields.
struct Described {
  std::string_view type;  // Content-Type as sent
  bool coded = false;     // by something that changes the bytes
};

void add_codings(std::string_view list, const Side& side, std::size_t& count, Facts& facts) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view name = trim_blanks(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
    if (content_coding(name) == ContentCoding::identity) continue;
    if (++count <= kMaxCodingsShown) facts.add(side.coding, lower(name, kMaxCodingName));
  }
}

Described describe(const Head& head, const Side& side, Facts& facts) {
  Described described;
  std::size_t codings = 0;
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    const std::size_t size = head.fields[i].name_size;
    if (size != 12 && size != 16) continue;
    const Field field = head.field(i);
    if (described.type.empty() && is_field(field.name, "content-type")) {
      described.type = field.value;
    } else if (is_field(field.name, "content-encoding")) {
      add_codings(field.value, side, codings, facts);
    }
  }
  described.coded = codings > 0;
  return described;
}

// What pages are made of and no decoder reads, however large.
bool is_decoration(std::string_view type) {
  constexpr std::array<std::string_view, 7> kTypes = {"image/",
                                                      "font/",
                                                      "audio/",
                                                      "video/",
                                                      "text/css",
                                                      "text/javascript",
                                                      "application/javascript"};
  return std::any_of(kTypes.begin(), kTypes.end(), [&](std::string_view decoration) {
    return starts_with_lower(type, decoration);
  });
}

std::string_view limit_of_document(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  if (text[begin] == '{' || text[begin] == '[') return json_limit(text);
  return begins_as_xml(text) ? xml_limit(text) : std::string_view{};
}

// A proxy that cuts an answer writes a length of its own, so that only its end gives it away. A
// look at that end is enough, and costs nothing.
bool breaks_off(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return false;
  // Messages of a stream may end in a record separator.
  const char last = text[text.find_last_not_of(std::string_view(" \t\r\n\x1e\0", 6))];
  if (text[begin] == '{') return last != '}';
  return text[begin] == '[' && last != ']';
}

void add_unfinished(std::string_view text, const Message& message, std::string_view type,
                    const Side& side, Facts& facts) {
  if (side.json_unfinished == nullptr || message.body_truncated() || !message.complete) return;
  const std::string_view plain_type = trim_blanks(type.substr(0, type.find(';')));
  if (ends_with_lower(plain_type, "json") && breaks_off(text)) {
    facts.add(*side.json_unfinished, true);
  }
}

// One multipart body and those inside it.
class Parts {
 public:
  Parts(const Side& side, Facts& facts) : side_(side), facts_(facts) {}

  void read(std::string_view body, std::string_view content_type, std::size_t depth) {
    if (depth > kMaxMultipartDepth) return add_limit("multipart_depth");
    MultipartReader reader(body, media_parameter(content_type, "boundary"));
    MultipartPart part;
    while (count_ < kMaxMultipartParts && reader.next(part)) {
      ++count_;
      if (count_ <= kMaxPartTypes) facts_.add(side_.part_type, lower(part.type(), kMaxFactType));
      if (starts_with_lower(part.type(), "multipart/")) {
        read(part.body, part.field("content-type"), depth + 1);
      } else {
        add_limit(limit_of_document(part.body));
      }
    }
    const bool more = reader.next(part);
    if (more || reader.too_many_parts()) add_limit("multipart_parts");
    if (reader.too_long_head()) add_limit("multipart_head");
  }
  void finish() { facts_.add(side_.parts, static_cast<std::int64_t>(count_)); }

 private:
  static constexpr std::size_t kMaxFactType = 127;
  void add_limit(std::string_view limit) {
    if (limit.empty() || limit == stated_) return;
    stated_ = limit;
    facts_.add(side_.limit, limit);
  }

  const Side& side_;
  Facts& facts_;
  std::size_t count_ = 0;
  std::string_view stated_;
};

void add_charset(const DetectedEncoding& encoding, const Side& side, Facts& facts) {
  const bool plain = encoding.encoding == TextEncoding::utf8 && !encoding.unknown_charset;
  if (plain) return;
  facts.add(side.charset, encoding_name(encoding.encoding));
  facts.add(side.charset_source, source_name(encoding.source));
}

void add_decoded(const Message& message, const Described& described, const Side& side,
                 Facts& facts) {
  const DecodedBody body(message);
  if (described.coded) {
    facts.add(side.decoded_bytes, static_cast<std::int64_t>(body.text().size()));
  }
  if (body.trailing_bytes() != 0) {
    facts.add(side.trailing_bytes, static_cast<std::int64_t>(body.trailing_bytes()));
  }
  add_charset(body.encoding(), side, facts);
  facts.add_if(side.limit, body.limit());
  if (body.truncated()) facts.add(side.truncated, true);
  if (!body.error().empty()) {
    facts.add(kDecodeBodyError, std::string(side.name) + ": " + body.error());
  }
  if (starts_with_lower(described.type, "multipart/")) {
    Parts parts(side, facts);
    parts.read(body.text(), described.type, 1);
    parts.finish();
  } else {
    facts.add_if(side.limit, limit_of_document(body.text()));
  }
  if (!body.truncated() && body.error().empty()) {
    add_unfinished(body.text(), message, described.type, side, facts);
  }
}

// A body that is UTF-8 as it stands, as most are, is not even copied.
bool is_plain(const Message& message, std::string_view type) {
  if (message.body.size() > kMaxDecodedBody || starts_with_lower(type, "multipart/")) return false;
  const DetectedEncoding found = detect_encoding(message.body, media_parameter(type, "charset"));
  return found.encoding == TextEncoding::utf8 && found.mark_size == 0 && !found.unknown_charset;
}

void decode_message(const Message& message, const Side& side, Facts& facts) {
  if (message.body_size == 0) return;
  if (message.body_truncated()) facts.add(side.limit, "recorded");
  const Described described = describe(message.head, side, facts);
  const bool multipart = starts_with_lower(described.type, "multipart/");
  const bool unread = described.coded ? is_decoration(described.type)
                                      : is_binary_type(described.type) && !multipart;
  const bool plain = !unread && !described.coded && is_plain(message, described.type);
  if (!unread && !plain) return add_decoded(message, described, side, facts);
  if (message.body_truncated()) facts.add(side.truncated, true);
  if (!plain) return;
  facts.add_if(side.limit, limit_of_document(message.body));
  add_unfinished(message.body, message, described.type, side, facts);
}

bool recognises(const Exchange& exchange) {
  return exchange.request.body_size != 0 || exchange.answer.body_size != 0;
}

void decode_body(const Exchange& exchange, Facts& facts) {
  decode_message(exchange.request, kOfRequest, facts);
  if (has_server_answer(exchange)) decode_message(exchange.answer, kOfAnswer, facts);
}

}  // namespace

constinit const Decoder kBodyDecoder{"body", kEmits, recognises, decode_body};

}  // namespace exotap
