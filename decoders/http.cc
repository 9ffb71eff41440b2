#include "decoders/http.h"

#include <charconv>

#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/eas/query.h"
#include "decoders/http_date.h"
#include "decoders/secret_query.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

using namespace std::string_view_literals;

using namespace fact;

constexpr std::size_t kMaxMimeType = 127;  // RFC 6838 section 4.2 has less for each half
constexpr std::size_t kMaxInterim = 16;    // stated 1xx statuses; more of them tell no more
constexpr std::size_t kMaxHops = 24;       // stated values of fields that come once a hop

constexpr const FactSpec* kEmits[] = {
    &kUrlDomain,
    &kUrlPort,
    &kUrlScheme,
    &kUrlPath,
    &kUrlQuery,
    &kHttpRequestMethod,
    &kHttpVersion,
    &kUserAgentOriginal,
    &kHttpRequestMimeType,
    &kHttpRequestBodyBytes,
    &kHttpInterim,
    &kHttpResponseStatusCode,
    &kHttpResponseReason,
    &kHttpResponseMimeType,
    &kHttpResponseBodyBytes,
    &kHttpResponseComplete,
    &kHttpResponseLocation,
    &kHttpResponseServer,
    &kHttpResponseVia,
    &kHttpResponseAltSvc,
    &kHttpResponseRetryAfter,
    &kHttpResponseIsHtml,
    &kHttpResponseFromMicrosoft,
    &kHttpResponseClockSkew,
    &kMsRequestId,
    &kMsClientRequestId,
    &kMsFrontendServer,
    &kMsBackendServer,
    &kMsCalculatedBackend,
    &kMsBackendStatus,
    &kMsEstsServer,
    &kMsCasError,
    &kMsOwaError,
};

// "Text/HTML; charset=utf-8" becomes "text/html", written into `buffer`.
std::string_view media_type(std::string_view value, char (&buffer)[kMaxMimeType]) {
  value = trim_blanks(value.substr(0, value.find(';')));
  if (value.size() > kMaxMimeType) value = value.substr(0, kMaxMimeType);
  for (std::size_t i = 0; i < value.size(); ++i) buffer[i] = ascii_lower(value[i]);
  return {buffer, value.size()};
}

bool begins_as_html(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF"sv)) body.remove_prefix(3);
  while (!body.empty() && is_space(body.front())) body.remove_prefix(1);
  return starts_with_lower(body, "<!doctype html") || starts_with_lower(body, "<html");
}

void decode_url(const Exchange& exchange, Facts& facts) {
  facts.add_if(kUrlDomain, exchange.host);
  if (exchange.port != 0) facts.add(kUrlPort, static_cast<int>(exchange.port));
  facts.add_if(kUrlScheme, exchange.scheme);
  if (exchange.is_connect) return;
  const std::string_view target = exchange.request.head.target();
  facts.add_if(kUrlPath, target == "*" ? target : path_of(exchange.request.head));
  const std::string_view query = query_of(target);
  if (query.empty()) return;
  // ActiveSync's packed query hides the user and the device from every search for names.
  if (eas::is_eas_target(target) && eas::is_packed_query(query)) {
    facts.add(kUrlQuery, kRedactedValue);
    return;
  }
  if (!query_has_secret(query)) {
    facts.add(kUrlQuery, query);
    return;
  }
  std::string redacted;
  append_redacted_query(redacted, query);
  facts.add(kUrlQuery, redacted);
}

void decode_request_fields(const Head& head, Facts& facts) {
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    switch (head.fields[i].name_size) {
      case 10:
        if (const Field f = head.field(i); is_field(f.name, "user-agent")) {
          facts.add(kUserAgentOriginal, f.value);
        }
        break;
      case 12:
        if (const Field f = head.field(i); is_field(f.name, "content-type")) {
          char buffer[kMaxMimeType];
          facts.add_if(kHttpRequestMimeType, media_type(f.value, buffer));
        }
        break;
      case 17:
        if (const Field f = head.field(i); is_field(f.name, "client-request-id")) {
          facts.add(kMsClientRequestId, f.value);
        }
        break;
      default:
        break;
    }
  }
}

void decode_request(const Exchange& exchange, Facts& facts) {
  const Head& head = exchange.request.head;
  if (head.empty()) return;
  facts.add_if(kHttpRequestMethod, head.method());
  const char version[] = {static_cast<char>('0' + head.version_major % 10), '.',
                          static_cast<char>('0' + head.version_minor % 10)};
  facts.add(kHttpVersion, std::string_view(version, sizeof version));
  decode_request_fields(head, facts);
  facts.add(kHttpRequestBodyBytes, static_cast<std::int64_t>(exchange.request.body_size));
}

// What one pass over the answer's fields gathers for statements about the whole.
struct AnswerFields {
  std::string_view request_id;
  std::string_view ms_request_id;
  std::string_view client_request_id;
  std::string_view date;
  bool cached = false;  // Age: the Date is not of now
  bool html_type = false;
  bool from_microsoft = false;
  std::size_t hops = 0;
};

void add_backend_status(std::string_view value, Facts& facts) {
  int status = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), status);
  if (error == std::errc{} && end != value.data()) facts.add(kMsBackendStatus, status);
}

void take_short(const Field& f, AnswerFields& seen, Facts& facts) {
  switch (f.name.size()) {
    case 3:
      if (is_field(f.name, "via") && ++seen.hops <= kMaxHops) facts.add(kHttpResponseVia, f.value);
      if (is_field(f.name, "age")) seen.cached = true;
      return;
    case 4:
      if (is_field(f.name, "date")) seen.date = f.value;
      return;
    case 6:
      if (is_field(f.name, "server")) facts.add(kHttpResponseServer, f.value);
      return;
    case 7:
      if (is_field(f.name, "alt-svc") && ++seen.hops <= kMaxHops) {
        facts.add(kHttpResponseAltSvc, f.value);
      }
      return;
    case 8:
      if (is_field(f.name, "location")) facts.add(kHttpResponseLocation, shown_url(f.value));
      return;
    default:
      return;
  }
}

// The fields of ten bytes, of which Exchange sends four with every answer.
void take_ten(const Field& f, AnswerFields& seen, Facts& facts) {
  if (is_field(f.name, "request-id")) {
    seen.request_id = f.value;
    seen.from_microsoft = true;
  } else if (is_field(f.name, "x-feserver")) {
    if (++seen.hops <= kMaxHops) facts.add(kMsFrontendServer, f.value);
    seen.from_microsoft = true;
  } else if (is_field(f.name, "x-beserver")) {
    facts.add(kMsBackendServer, f.value);
    seen.from_microsoft = true;
  } else if (is_field(f.name, "x-diaginfo")) {
    seen.from_microsoft = true;
  }
}

void take_long(const Field& f, AnswerFields& seen, Facts& facts) {
  char buffer[kMaxMimeType];
  switch (f.name.size()) {
    case 11:
      if (is_field(f.name, "x-azure-ref")) seen.from_microsoft = true;
      if (is_field(f.name, "retry-after")) facts.add(kHttpResponseRetryAfter, f.value);
      if (is_field(f.name, "x-owa-error")) facts.add(kMsOwaError, f.value);
      return;
    case 12:
      if (is_field(f.name, "content-type")) {
        const std::string_view type = media_type(f.value, buffer);
        facts.add_if(kHttpResponseMimeType, type);
        seen.html_type = type == "text/html" || type == "application/xhtml+xml";
      } else if (is_field(f.name, "x-msedge-ref")) {
        seen.from_microsoft = true;
      }
      return;
    case 14:
      if (is_field(f.name, "x-caserrorcode")) facts.add(kMsCasError, f.value);
      return;
    case 15:
      if (is_field(f.name, "x-ms-request-id")) {
        seen.ms_request_id = f.value;
        seen.from_microsoft = true;
      }
      return;
    case 16:
      if (is_field(f.name, "x-ms-ests-server")) {
        facts.add(kMsEstsServer, f.value);
        seen.from_microsoft = true;
      }
      return;
    case 17:
      if (is_field(f.name, "client-request-id")) seen.client_request_id = f.value;
      return;
    case 19:
      if (is_field(f.name, "x-backendhttpstatus") && ++seen.hops <= kMaxHops) {
        add_backend_status(f.value, facts);
      }
      return;
    case 20:
      if (is_field(f.name, "x-calculatedbetarget")) {
        facts.add(kMsCalculatedBackend, f.value);
        seen.from_microsoft = true;
      }
      return;
    default:
      return;
  }
}

// Date is written when the answer begins: the clock to compare it with is that moment's. Where that
// moment is not known, an answer that trickled in for minutes would look like a wrong clock.
void add_clock_skew(const Exchange& exchange, const AnswerFields& seen, Facts& facts) {
  constexpr Nanoseconds kShort = std::chrono::seconds(10);
  const Timings& timings = exchange.timings;
  if (seen.date.empty() || seen.cached || exchange.still_waiting) return;
  if (!timings.receive && timings.total > kShort) return;
  const std::optional<std::int64_t> date = parse_http_date(seen.date);
  if (!date) return;
  const Nanoseconds receive = timings.receive.value_or(Nanoseconds{0});
  const Nanoseconds until = receive <= timings.total ? timings.total - receive : timings.total;
  const auto local = std::chrono::floor<std::chrono::seconds>(exchange.started + until);
  facts.add(kHttpResponseClockSkew, *date - std::int64_t{local.time_since_epoch().count()});
}

void decode_answer(const Exchange& exchange, Facts& facts) {
  for (std::size_t i = 0; i < exchange.interim.size() && i < kMaxInterim; ++i) {
    facts.add(kHttpInterim, static_cast<int>(exchange.interim[i]));
  }
  const Message& answer = exchange.answer;
  if (answer.head.empty()) return;
  facts.add(kHttpResponseStatusCode, static_cast<int>(answer.head.status));
  facts.add_if(kHttpResponseReason, answer.head.reason());
  if (!has_server_answer(exchange)) return;
  AnswerFields seen;
  for (std::size_t i = 0; i < answer.head.fields.size(); ++i) {
    const std::uint32_t size = answer.head.fields[i].name_size;
    if (size < 10) {
      take_short(answer.head.field(i), seen, facts);
    } else if (size == 10) {
      take_ten(answer.head.field(i), seen, facts);
    } else {
      take_long(answer.head.field(i), seen, facts);
    }
  }
  facts.add_if(kMsRequestId, seen.request_id.empty() ? seen.ms_request_id : seen.request_id);
  if (!seen.client_request_id.empty() && !facts.has(kMsClientRequestId)) {
    facts.add(kMsClientRequestId, seen.client_request_id);
  }
  facts.add(kHttpResponseBodyBytes, static_cast<std::int64_t>(answer.body_size));
  facts.add(kHttpResponseComplete, answer.complete);
  facts.add(kHttpResponseIsHtml, seen.html_type || begins_as_html(answer.body));
  facts.add(kHttpResponseFromMicrosoft, seen.from_microsoft);
  add_clock_skew(exchange, seen, facts);
}

bool recognises(const Exchange& /*exchange*/) { return true; }

void decode_http(const Exchange& exchange, Facts& facts) {
  decode_url(exchange, facts);
  decode_request(exchange, facts);
  decode_answer(exchange, facts);
}

}  // namespace

constinit const Decoder kHttpDecoder{"http", kEmits, recognises, decode_http};

}  // namespace exotap
