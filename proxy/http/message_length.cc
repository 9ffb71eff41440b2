#include "proxy/http/message_length.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string_view>

#include "proxy/http/characters.h"

namespace exotap::http {
namespace {

// Transfer codings with a registered meaning (RFC 9112 section 7.2). chunked stands apart.
constexpr std::array<std::string_view, 5> kCompressions = {"gzip", "x-gzip", "deflate", "compress",
                                                           "x-compress"};

// What the fields that matter here say, gathered in one pass.
struct Gathered {
  bool has_length = false;
  std::uint64_t length = 0;
  bool has_coding = false;
  bool chunked = false;  // the last coding so far is chunked
  bool close = false, keep_alive = false, connection_upgrade = false;
  bool upgrade = false;
  bool alternatives = false;
  bool expects_continue = false;
  int hosts = 0;
};

Refusal ambiguous(std::string_view reason) { return {FramingError::ambiguous_length, reason}; }

std::optional<std::uint64_t> read_digits(std::string_view text) {
  // Many readers count with a sign: what is no number to them is none here.
  constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max() / 10 - 1;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || value > kMost) return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (text.empty()) return std::nullopt;
  return value;
}

Refusal gather_length(std::string_view value, Gathered& gathered) {
  if (gathered.has_length) return ambiguous("more than one Content-Length");
  const std::optional<std::uint64_t> length = read_digits(value);
  if (!length) return ambiguous("Content-Length is not one number of digits");
  gathered.has_length = true;
  gathered.length = *length;
  return {};
}

Refusal gather_codings(std::string_view list, Gathered& gathered) {
  gathered.has_coding = true;
  if (list.ends_with(',')) return ambiguous("an empty transfer coding");
  do {
    const std::string_view coding = next_element(list);
    if (gathered.chunked) return ambiguous("chunked is not the last transfer coding");
    if (equal_ignoring_case(coding, "chunked")) {
      gathered.chunked = true;
    } else if (std::none_of(kCompressions.begin(), kCompressions.end(),
                            [&](auto known) { return equal_ignoring_case(coding, known); })) {
      return ambiguous("a transfer coding that is not understood");
    }
  } while (!list.empty());
  return {};
}

void gather_connection(std::string_view list, Gathered& gathered) {
  while (!list.empty()) {
    const std::string_view option = next_element(list);
    if (equal_ignoring_case(option, "close")) gathered.close = true;
    if (equal_ignoring_case(option, "keep-alive")) gathered.keep_alive = true;
    if (equal_ignoring_case(option, "upgrade")) gathered.connection_upgrade = true;
  }
}

Refusal gather_field(std::string_view name, std::string_view value, Gathered& gathered) {
  const auto is = [name](std::string_view known) { return equal_ignoring_case(name, known); };
  switch (name.size()) {  // most fields are none of these: their length tells
    case 4:
      if (is("Host")) ++gathered.hosts;
      break;
    case 6:
      if (is("Expect")) gathered.expects_continue |= equal_ignoring_case(value, "100-continue");
      break;
    case 7:
      if (is("Upgrade")) gathered.upgrade = true;
      if (is("Alt-Svc")) gathered.alternatives = true;
      break;
    case 10:
      if (is("Connection")) gather_connection(value, gathered);
      break;
    case 14:
      if (is("Content-Length")) return gather_length(value, gathered);
      break;
    case 16:  // WinHTTP and WinINet speak so to proxies, with HTTP/1.0 too
      if (is("Proxy-Connection")) gather_connection(value, gathered);
      break;
    case 17:
      if (is("Transfer-Encoding")) return gather_codings(value, gathered);
      break;
    default:
      break;
  }
  return {};
}

Refusal check_together(const Head& head, const Gathered& gathered) {
  if (!gathered.has_coding) return {};
  if (gathered.has_length) return ambiguous("both Transfer-Encoding and Content-Length");
  if (head.version_minor == 0) return ambiguous("Transfer-Encoding in HTTP/1.0");
  return {};
}

void set_body(const Gathered& gathered, BodyKind otherwise, HeadMeaning& meaning) {
  if (gathered.has_coding) {
    meaning.body = gathered.chunked ? BodyKind::chunked : BodyKind::until_close;
  } else if (gathered.has_length) {
    meaning.length = gathered.length;
    meaning.body = gathered.length > 0 ? BodyKind::counted : BodyKind::none;
  } else {
    meaning.body = otherwise;
  }
}

Refusal read_request(const Head& head, const Gathered& gathered, HeadMeaning& meaning) {
  if (gathered.hosts > 1) return {FramingError::malformed_field, "more than one Host"};
  if (gathered.has_coding && !gathered.chunked) {
    return ambiguous("the last transfer coding of a request is not chunked");
  }
  meaning.expects_continue = gathered.expects_continue && head.version_minor > 0;
  if (head.method() == "CONNECT") {
    if (gathered.has_coding || gathered.length > 0) return ambiguous("CONNECT with a body");
    meaning.opaque_after = meaning.wants_upgrade = true;
    return {};
  }
  meaning.wants_upgrade = gathered.connection_upgrade && gathered.upgrade;
  set_body(gathered, BodyKind::none, meaning);
  return {};
}

void read_answer(const Head& head, AnswerContext context, const Gathered& gathered,
                 HeadMeaning& meaning) {
  const bool success = head.status >= 200 && head.status < 300;
  meaning.opaque_after = head.status == 101 || (context.to_connect && success);
  const bool bodiless =
      head.status < 200 || head.status == 204 || head.status == 304 || context.to_head;
  if (!meaning.opaque_after && !bodiless) set_body(gathered, BodyKind::until_close, meaning);
}

}  // namespace

Refusal read_meaning(const Head& head, Direction direction, AnswerContext context,
                     HeadMeaning& meaning) {
  Gathered gathered;
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    const Field field = head.field(i);
    if (Refusal refusal = gather_field(field.name, field.value, gathered)) return refusal;
  }
  if (Refusal refusal = check_together(head, gathered)) return refusal;
  meaning = {};
  meaning.has_alternatives = gathered.alternatives;
  if (direction == Direction::requests) {
    if (Refusal refusal = read_request(head, gathered, meaning)) return refusal;
  } else {
    read_answer(head, context, gathered, meaning);
  }
  const bool persistent = head.version_minor > 0 || gathered.keep_alive;
  meaning.keep_alive = persistent && !gathered.close && !meaning.opaque_after &&
                       meaning.body != BodyKind::until_close;
  return {};
}

bool is_framing_field(std::string_view name) {
  return equal_ignoring_case(name, "Transfer-Encoding") ||
         equal_ignoring_case(name, "Content-Length") || equal_ignoring_case(name, "Host");
}

}  // namespace exotap::http
