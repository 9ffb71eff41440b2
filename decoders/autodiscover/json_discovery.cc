#include "decoders/autodiscover/json_discovery.h"

#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/autodiscover/endpoint.h"
#include "decoders/autodiscover/offered_urls.h"
#include "decoders/autodiscover/request_terms.h"
#include "decoders/autodiscover/responder.h"
#include "decoders/body.h"
#include "decoders/free_text.h"
#include "decoders/json.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

// Bytes of a target that are looked at: names and addresses, with every byte escaped.
constexpr std::size_t kMaxTarget = 4096;

std::string asked_address(std::string_view target) {
  const std::string in_query = query_value(query_of(target), "Email");
  if (is_mail_address(in_query)) return in_query;
  const std::string in_path = percent_decoded(last_segment(path_of(target)));
  return is_mail_address(in_path) ? in_path : std::string();
}

void decode_request(const Exchange& exchange, Facts& facts) {
  const std::string_view target = exchange.request.head.target().substr(0, kMaxTarget);
  const std::string_view query = query_of(target);
  facts.add_if(fact::kAutodiscoverRequestEmail, asked_address(target));
  facts.add_if(fact::kAutodiscoverRequestProtocol, sentence(query_value(query, "Protocol")));
  if (const auto count = whole_number(query_value(query, "RedirectCount"))) {
    facts.add(fact::kAutodiscoverRequestRedirectCount, *count);
  }
}

void state_error(JsonValue error, const Message& answer, Facts& facts) {
  const std::string name = sentence(error["ErrorCode"].text());
  facts.add(fact::kAutodiscoverErrorName, name);
  facts.add_if(fact::kAutodiscoverErrorMessage, sentence(error["ErrorMessage"].text()));
  if (answer.head.status / 100 == 2) facts.add(kAnswerFailure, "Autodiscover " + name);
}

AnswerKind decode_document(const Message& answer, const DecodedBody& body, Facts& facts) {
  const std::string_view text = body.text();
  if (is_web_page(answer, text)) return AnswerKind::web_page;
  // 302 without a body is this service's own answer; nothing in it tells who wrote it.
  if (text.empty()) return AnswerKind::unknown;
  if (!text.starts_with('{')) return answer.complete ? AnswerKind::foreign : AnswerKind::unknown;
  const JsonDocument document(text);
  const bool cut = body.truncated() || !answer.complete;
  if (!document.ok()) {
    facts.add(fact::kDecodeAutodiscoverJsonError, "answer: " + document.error());
  }
  if (cut) facts.add(fact::kAutodiscoverTruncated, true);
  const JsonValue root = document.root();
  facts.add_if(fact::kAutodiscoverProtocolType, sentence(root["Protocol"].text()));
  const bool offers = OfferedUrls(facts).add("Url", root["Url"].text());
  const bool fails = !root["ErrorCode"].text().empty();
  if (offers && !fails) facts.add(fact::kAutodiscoverResponseAction, "settings");
  if (fails) state_error(root, answer, facts);
  if (offers || fails) return AnswerKind::discovery;
  if (is_html_type(answer)) return AnswerKind::web_page;
  return cut || !document.ok() ? AnswerKind::unknown : AnswerKind::foreign;
}

bool recognises(const Exchange& exchange) {
  const AutodiscoverEndpoint endpoint = autodiscover_endpoint(exchange);
  return endpoint == AutodiscoverEndpoint::json_v1 || endpoint == AutodiscoverEndpoint::json_v2;
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  state_request_terms(exchange, facts);
  if (!facts.has(fact::kAutodiscoverFlavour)) {
    const bool v1 = autodiscover_endpoint(exchange) == AutodiscoverEndpoint::json_v1;
    facts.add(fact::kAutodiscoverFlavour, v1 ? "json_v1" : "json_v2");
  }
  decode_request(exchange, facts);
  if (!has_server_answer(exchange)) return;
  state_http_redirect(exchange, facts);
  const DecodedBody body(exchange.answer);
  if (!body.error().empty()) {
    facts.add(fact::kDecodeAutodiscoverJsonError, "answer: " + body.error());
  }
  const std::string_view flag = exchange.answer.head.find("jsonerror").value_or("");
  if (equal_ignoring_case(flag, "true")) facts.add(fact::kAutodiscoverJsonError, true);
  // A HEAD's answer has no body, and that says nothing of who wrote it.
  if (exchange.request.head.method() == "HEAD" && body.empty()) return;
  const AnswerKind kind = decode_document(exchange.answer, body, facts);
  state_responder(exchange.answer, body.text(), kind, facts);
}

constexpr const FactSpec* kEmits[] = {
    &fact::kAutodiscoverPath,
    &fact::kAutodiscoverFlavour,
    &fact::kAutodiscoverAnsweredBy,
    &fact::kAutodiscoverResponder,
    &fact::kAutodiscoverTruncated,
    &fact::kAutodiscoverRequestEmail,
    &fact::kAutodiscoverRequestProtocol,
    &fact::kAutodiscoverRequestRedirectCount,
    &fact::kAutodiscoverRequestMapiHttp,
    &fact::kAutodiscoverRequestCanHandle,
    &fact::kAutodiscoverResponseAction,
    &fact::kAutodiscoverRedirectUrl,
    &fact::kAutodiscoverErrorName,
    &fact::kAutodiscoverErrorMessage,
    &fact::kAutodiscoverJsonError,
    &fact::kAutodiscoverProtocolType,
    &fact::kAutodiscoverUrl,
    &kAnswerFailure,
    &fact::kDecodeAutodiscoverJsonError,
};

}  // namespace

constinit const Decoder kAutodiscoverJsonDecoder{"autodiscover_json", kEmits, recognises,
                                                 decode_exchange};

}  // namespace exotap
