#include "decoders/body_facts.h"

#include <algorithm>
#include <array>
#include <string>

#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
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
    &kRequestBodyCoding,         &kRequestBodyDecodedBytes,   &kRequestBodyCharset,
    &kRequestBodyCharsetSource,  &kRequestBodyTrailingBytes,  &kRequestBodyTruncated,
    &kRequestBodyLimit,          &kRequestBodyParts,          &kRequestBodyPartType,
    &kResponseBodyCoding,        &kResponseBodyDecodedBytes,  &kResponseBodyCharset,
    &kResponseBodyCharsetSource, &kResponseBodyTrailingBytes, &kResponseBodyTruncated,
    &kResponseBodyLimit,         &kResponseBodyParts,         &kResponseBodyPartType,
    &kDecodeBodyError,
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
                         kResponseBodyPartType};

std::string lower(std::string_view text, std::size_t most) {
  std::string out(text.substr(0, most));
  std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
  return out;
}

// States the codings; says whether there is one that changes the bytes.
bool add_codings(const Message& message, const FactSpec& spec, Facts& facts) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < message.head.fields.size(); ++i) {
    constexpr std::string_view kName = "content-encoding";
    if (message.head.fields[i].name_size != kName.size()) continue;
    const Field field = message.head.field(i);
    if (!equals_lower(field.name, kName)) continue;
    for (std::string_view rest = field.value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view name = trim_blanks(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      if (content_coding(name) == ContentCoding::identity) continue;
      if (++count <= kMaxCodingsShown) facts.add(spec, lower(name, kMaxCodingName));
    }
  }
  return count > 0;
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

void add_decoded(const Message& message, std::string_view type, bool coded, const Side& side,
                 Facts& facts) {
  const DecodedBody body(message);
  if (coded) facts.add(side.decoded_bytes, static_cast<std::int64_t>(body.text().size()));
  if (body.trailing_bytes() != 0) {
    facts.add(side.trailing_bytes, static_cast<std::int64_t>(body.trailing_bytes()));
  }
  add_charset(body.encoding(), side, facts);
  facts.add_if(side.limit, body.limit());
  if (body.truncated()) facts.add(side.truncated, true);
  if (!body.error().empty()) {
    facts.add(kDecodeBodyError, std::string(side.name) + ": " + body.error());
  }
  if (starts_with_lower(type, "multipart/")) {
    Parts parts(side, facts);
    parts.read(body.text(), type, 1);
    parts.finish();
  } else {
    facts.add_if(side.limit, limit_of_document(body.text()));
  }
}

void decode_message(const Message& message, const Side& side, Facts& facts) {
  if (message.body_size == 0) return;
  if (message.body_truncated()) facts.add(side.limit, "recorded");
  const bool coded = add_codings(message, side.coding, facts);
  const std::string_view type = message.head.find("Content-Type").value_or("");
  const bool read =
      coded ? !is_decoration(type) : !is_binary_type(type) || starts_with_lower(type, "multipart/");
  if (read) {
    add_decoded(message, type, coded, side, facts);
  } else if (message.body_truncated()) {
    facts.add(side.truncated, true);
  }
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
