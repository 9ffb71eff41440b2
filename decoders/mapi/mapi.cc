#include "decoders/mapi/mapi.h"

#include <algorithm>
#include <optional>
#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/autodiscover/responder.h"
#include "decoders/body.h"
#include "decoders/free_text.h"
#include "decoders/mapi/bodies.h"
#include "decoders/mapi/cookie_names.h"
#include "decoders/mapi/error_names.h"
#include "decoders/mapi/preamble.h"
#include "decoders/mapi/response_codes.h"
#include "decoders/mapi/rops.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

using namespace fact;

constexpr std::size_t kMaxDiagnostics = 512;  // bytes of the text that are kept
constexpr std::size_t kMaxPage = 16 * 1024;   // bytes of a page that are looked at for it
constexpr std::size_t kMaxHeaderText = 256;   // of an id, a program's name, a type
constexpr std::string_view kPath = "/mapi/";

constexpr const FactSpec* kEmits[] = {
    &kMapiEndpoint,      &kMapiRequestType,       &kMapiRequestId,
    &kMapiClientInfo,    &kMapiClientApplication, &kMapiServerApplication,
    &kMapiUserDn,        &kMapiCookieSent,        &kMapiCookieSet,
    &kMapiPendingPeriod, &kMapiExpiration,        &kMapiTunnelExpiration,
    &kMapiResponseCode,  &kMapiResponseCodeName,  &kMapiDiagnostics,
    &kMapiPreamble,      &kMapiPendings,          &kMapiDone,
    &kMapiElapsed,       &kMapiStarted,           &kMapiStatusCode,
    &kMapiErrorCode,     &kMapiErrorName,         &kMapiPollsMax,
    &kMapiRetryCount,    &kMapiRetryDelay,        &kMapiEventPending,
    &kMapiRop,           &kMapiRopErrorCode,      &kMapiRopErrorName,
    &kMapiRopServer,     &kMapiRopBackoff,        &kMapiRopUnread,
    &kAnswerFailure,     &kDecodeMapiError};

// One answer on its way to facts.
struct Reading {
  const Exchange& exchange;
  Facts& facts;
  std::string_view type;  // X-RequestType, of the request, else of the answer
  std::optional<std::int64_t> code;
  bool counts_otherwise = false;  // its cookies are not Exchange's
  bool says_ok = false;           // by its status

  void fail(const std::string& what) {
    if (says_ok) facts.add(kAnswerFailure, what);
  }
};

std::string_view header(const Head& head, std::string_view name) {
  return head.find(name).value_or(std::string_view{}).substr(0, kMaxHeaderText);
}

void add_number(const FactSpec& spec, std::optional<std::int64_t> number, Facts& facts) {
  if (number) facts.add(spec, *number);
}

void add_milliseconds(const FactSpec& spec, const Head& head, std::string_view name, Facts& facts) {
  add_number(spec, whole_number(header(head, name)), facts);
}

// A page's words: what stands between "<" and ">" is left out.
std::string without_tags(std::string_view page) {
  std::string words;
  bool in_tag = false;
  for (const char c : page.substr(0, kMaxPage)) {
    if (c == '<') {
      in_tag = true;
      words.push_back(' ');
    } else if (c == '>') {
      in_tag = false;
    } else if (!in_tag) {
      words.push_back(c);
    }
    if (words.size() > 2 * kMaxDiagnostics) break;
  }
  std::string told = sentence(words);
  if (told.size() > kMaxDiagnostics) {
    std::size_t end = kMaxDiagnostics;
    while (end > 0 && (static_cast<unsigned char>(told[end]) & 0xC0U) == 0x80U) --end;
    told.resize(end);
  }
  return told;
}

std::string named(std::string_view code, std::string_view name) {
  return name.empty() ? std::string(code) : std::string(name) + " (" + std::string(code) + ")";
}

void state_request(const Exchange& exchange, Facts& facts) {
  const Head& head = exchange.request.head;
  facts.add_if(kMapiRequestId, header(head, "X-RequestId"));
  facts.add_if(kMapiClientInfo, header(head, "X-ClientInfo"));
  facts.add_if(kMapiClientApplication, header(head, "X-ClientApplication"));
  state_cookies_sent(head, kMapiCookieSent, facts);
  if (equals_lower(header(head, "X-RequestType"), "connect")) {
    const DecodedBody body(exchange.request);
    facts.add_if(kMapiUserDn, read_user_dn(body.text()));
  }
}

void state_code(Reading& reading) {
  if (!reading.code) return;
  reading.facts.add(kMapiResponseCode, *reading.code);
  const std::string_view name =
      reading.counts_otherwise ? std::string_view{} : mapi_response_code_name(*reading.code);
  reading.facts.add_if(kMapiResponseCodeName, name);
  if (*reading.code == 0) return;
  std::string what = "MAPI response code " + std::to_string(*reading.code);
  if (!name.empty()) what.append(", ").append(name);
  reading.fail(what);
}

void state_preamble(const MapiPreamble& preamble, Reading& reading) {
  Facts& facts = reading.facts;
  if (preamble.processing) facts.add(kMapiPreamble, "PROCESSING");
  if (preamble.pendings > 0) {
    facts.add(kMapiPreamble, "PENDING");
    facts.add(kMapiPendings, static_cast<std::int64_t>(preamble.pendings));
  }
  if (preamble.done) facts.add(kMapiPreamble, "DONE");
  add_number(kMapiElapsed, preamble.elapsed, facts);
  facts.add_if(kMapiStarted, preamble.started.substr(0, kMaxHeaderText));
  if (preamble.broken_at) {
    facts.add(kDecodeMapiError, "no word of the protocol at byte " +
                                    std::to_string(*preamble.broken_at) + " of the body");
  }
}

// Whether an answer without DONE has ended. One that still runs, or whose end the record or the
// client cut off, says nothing.
void state_end(const MapiPreamble& preamble, const DecodedBody& body, Reading& reading) {
  if (preamble.done) {
    reading.facts.add(kMapiDone, true);
    return;
  }
  const Exchange& exchange = reading.exchange;
  const bool unknown = preamble.broken_at || exchange.still_waiting || exchange.client_aborted ||
                       exchange.answer.body_truncated() || !body.error().empty();
  if (unknown) return;
  reading.facts.add(kMapiDone, false);
  reading.fail("the answer ends before DONE");
}

void state_rop(std::string_view buffer, Reading& reading) {
  Facts& facts = reading.facts;
  const FirstRop rop = read_first_rop(buffer);
  if (rop.compressed) facts.add(kMapiRopUnread, "compressed");
  if (rop.cut) facts.add(kMapiRopUnread, "cut");
  if (!rop.id) return;
  facts.add(kMapiRop, rop_name(*rop.id));
  add_number(kMapiRopBackoff, rop.backoff, facts);
  facts.add_if(kMapiRopServer, sentence(rop.server));
  if (!rop.return_value || *rop.return_value == 0) return;
  const std::string code = mapi_error_text(*rop.return_value);
  facts.add(kMapiRopErrorCode, code);
  facts.add_if(kMapiRopErrorName, mapi_error_name(*rop.return_value));
  // Other operations fail in the course of every day's work.
  if (*rop.id == kRopLogon && !is_mapi_warning(*rop.return_value)) {
    reading.fail("MAPI RopLogon: " + named(code, mapi_error_name(*rop.return_value)));
  }
}

void state_body(std::string_view bytes, Reading& reading) {
  Facts& facts = reading.facts;
  const MapiAnswer answer = read_mapi_answer(reading.type, bytes);
  const std::string call = "MAPI " + std::string(reading.type);
  if (answer.status_code && *answer.status_code != 0) {
    const std::string code = mapi_error_text(*answer.status_code);
    facts.add(kMapiStatusCode, code);
    reading.fail(call + ": status " + named(code, mapi_error_name(*answer.status_code)));
  }
  if (answer.error_code && *answer.error_code != 0) {
    const std::string code = mapi_error_text(*answer.error_code);
    const bool failed = is_mapi_failure(reading.type, *answer.error_code);
    // Unbind's 1 is no error, and has no name there.
    if (failed || !equals_lower(reading.type, "unbind")) {
      facts.add(kMapiErrorCode, code);
      facts.add_if(kMapiErrorName, mapi_error_name(*answer.error_code));
    }
    if (failed) reading.fail(call + ": " + named(code, mapi_error_name(*answer.error_code)));
  }
  add_number(kMapiPollsMax, answer.polls_max, facts);
  add_number(kMapiRetryCount, answer.retry_count, facts);
  add_number(kMapiRetryDelay, answer.retry_delay, facts);
  if (answer.event_pending) facts.add(kMapiEventPending, *answer.event_pending);
  if (!answer.rop_buffer.empty()) state_rop(answer.rop_buffer, reading);
  if (answer.cut && answer.rop_buffer.empty() && !reading.exchange.answer.body_truncated()) {
    facts.add(kDecodeMapiError, "the body of " + std::string(reading.type) + " is too short");
  }
}

// A body that is none of the protocol's: diagnostics of a failed request, or something else's page.
void state_other_body(const DecodedBody& body, Reading& reading) {
  if (reading.code && *reading.code != 0) {
    reading.facts.add_if(kMapiDiagnostics, without_tags(body.text()));
  } else if (!reading.says_ok || body.empty()) {
    return;  // an error page belongs to its status
  } else if (begins_as_html(body.text()) || is_html_type(reading.exchange.answer)) {
    // Exchange's own words, where it is Exchange, though no response code says that it failed.
    if (has_exchange_field(reading.exchange.answer.head)) {
      reading.facts.add_if(kMapiDiagnostics, without_tags(body.text()));
    }
    reading.facts.add(kDecodeMapiError, "the answer is a web page");
    reading.fail("a web page instead of a MAPI/HTTP answer");
  } else {
    reading.facts.add(kDecodeMapiError, "the answer does not begin with PROCESSING");
  }
}

void state_answer(Reading& reading) {
  const Head& head = reading.exchange.answer.head;
  Facts& facts = reading.facts;
  facts.add_if(kMapiServerApplication, header(head, "X-ServerApplication"));
  add_milliseconds(kMapiPendingPeriod, head, "X-PendingPeriod", facts);
  add_milliseconds(kMapiExpiration, head, "X-ExpirationInfo", facts);
  add_milliseconds(kMapiTunnelExpiration, head, "X-TunnelExpirationTime", facts);
  reading.counts_otherwise = state_cookies_set(head, kMapiCookieSet, facts);
  reading.code = whole_number(header(head, "X-ResponseCode"));
  const DecodedBody body(reading.exchange.answer);
  if (!body.error().empty()) facts.add(kDecodeMapiError, body.error());
  const bool speaks = body.text().starts_with("PROCESSING");
  MapiPreamble preamble;
  if (speaks) preamble = read_preamble(body.text());
  if (preamble.response_code) reading.code = preamble.response_code;
  state_code(reading);
  if (reading.type.empty()) return;  // a browser's GET, or a request that is none of MAPI
  if (!speaks) {
    state_other_body(body, reading);
    return;
  }
  state_preamble(preamble, reading);
  state_end(preamble, body, reading);
  if (!preamble.whole) return;
  if (reading.code.value_or(0) == 0) {
    state_body(preamble.body, reading);
  } else {
    facts.add_if(kMapiDiagnostics, without_tags(preamble.body));
  }
}

bool recognises(const Exchange& exchange) {
  const std::string_view path = path_of(exchange.request.head);
  return !mapi_endpoint(path).empty();
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const Head& request = exchange.request.head;
  facts.add(kMapiEndpoint, mapi_endpoint(path_of(request)));
  std::string_view type = header(request, "X-RequestType");
  const bool answered = has_server_answer(exchange);
  if (type.empty() && answered) type = header(exchange.answer.head, "X-RequestType");
  facts.add_if(kMapiRequestType, type);
  state_request(exchange, facts);
  if (!answered) return;
  Reading reading{exchange, facts, type, {}, false, false};
  reading.says_ok = exchange.answer.head.status / 100 == 2;
  state_answer(reading);
}

}  // namespace

std::string_view mapi_endpoint(std::string_view path) {
  if (!starts_with_lower(path, kPath)) return {};
  const std::string_view rest = path.substr(kPath.size());
  for (const std::string_view known : {std::string_view("emsmdb"), std::string_view("nspi")}) {
    if (starts_with_lower(rest, known) &&
        (rest.size() == known.size() || rest[known.size()] == '/')) {
      return known;
    }
  }
  return {};
}

constinit const Decoder kMapiDecoder{"mapi", kEmits, recognises, decode_exchange};

}  // namespace exotap
