#include "decoders/autodiscover/pox.h"

#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/autodiscover/endpoint.h"
#include "decoders/autodiscover/pox_answer.h"
#include "decoders/autodiscover/request_terms.h"
#include "decoders/autodiscover/responder.h"
#include "decoders/body.h"
#include "decoders/url_parts.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

void state_flavour(bool mobilesync, Facts& facts) {
  if (facts.has(fact::kAutodiscoverFlavour)) return;
  facts.add(fact::kAutodiscoverFlavour, mobilesync ? "eas" : "pox");
}

void state_unread(std::string_view whose, std::string_view why, Facts& facts) {
  if (!why.empty()) facts.add(fact::kDecodePoxError, std::string(whose) + ": " + std::string(why));
}

void decode_request(const Message& request, Facts& facts) {
  const DecodedBody body(request);
  state_unread("request", body.error(), facts);
  if (body.empty()) return;
  const XmlDocument document(body.text());
  state_unread("request", document.error(), facts);
  const XmlNode asked = document.find("Request");
  if (!asked) return;
  const std::string schema = asked.text_of("AcceptableResponseSchema");
  facts.add_if(fact::kAutodiscoverRequestEmail, asked.text_of("EMailAddress"));
  facts.add_if(fact::kAutodiscoverRequestLegacyDn, asked.text_of("LegacyDN"));
  facts.add_if(fact::kAutodiscoverRequestSchema, schema);
  state_flavour(speaks_of_mobilesync(schema) || speaks_of_mobilesync(asked.namespace_uri()), facts);
}

AnswerKind decode_document(const Message& answer, const DecodedBody& body, Facts& facts) {
  const std::string_view text = body.text();
  if (is_web_page(answer, text)) return AnswerKind::web_page;
  if (!begins_as_xml(text)) return answer.complete ? AnswerKind::foreign : AnswerKind::unknown;
  const XmlDocument document(text);
  const XmlNode root = document.root();
  const bool ours = root.name() == "Autodiscover";
  if (equal_ignoring_case(root.name(), "html") || (!ours && is_html_type(answer))) {
    return AnswerKind::web_page;
  }
  state_unread("answer", document.error(), facts);
  if (body.truncated() || document.broke_off()) facts.add(fact::kAutodiscoverTruncated, true);
  if (!root && document.broke_off()) return AnswerKind::unknown;
  if (!ours) return AnswerKind::foreign;
  const XmlNode response = root.child("Response");
  state_flavour(speaks_of_mobilesync(response.namespace_uri()), facts);
  return state_pox_answer(response, answer.head.status / 100 == 2, facts);
}

bool recognises(const Exchange& exchange) { return is_pox_path(path_of(exchange.request.head)); }

void decode_exchange(const Exchange& exchange, Facts& facts) {
  state_request_terms(exchange, facts);
  decode_request(exchange.request, facts);
  if (!has_server_answer(exchange)) return;
  state_http_redirect(exchange, facts);
  const DecodedBody body(exchange.answer);
  state_unread("answer", body.error(), facts);
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
    &fact::kAutodiscoverRequestLegacyDn,
    &fact::kAutodiscoverRequestSchema,
    &fact::kAutodiscoverRequestMapiHttp,
    &fact::kAutodiscoverRequestCanHandle,
    &fact::kAutodiscoverResponseAction,
    &fact::kAutodiscoverRedirectAddress,
    &fact::kAutodiscoverRedirectUrl,
    &fact::kAutodiscoverErrorCode,
    &fact::kAutodiscoverErrorMessage,
    &fact::kAutodiscoverErrorTime,
    &fact::kAutodiscoverErrorId,
    &fact::kAutodiscoverErrorStatus,
    &fact::kAutodiscoverSmtpAddress,
    &fact::kAutodiscoverLegacyDn,
    &fact::kAutodiscoverDisplayName,
    &fact::kAutodiscoverMicrosoftOnline,
    &fact::kAutodiscoverMapiHttp,
    &fact::kAutodiscoverAlternateMailbox,
    &fact::kAutodiscoverProtocolType,
    &fact::kAutodiscoverProtocolServer,
    &fact::kAutodiscoverProtocolAuthPackage,
    &fact::kAutodiscoverProtocolEwsUrl,
    &fact::kAutodiscoverProtocolSummary,
    &fact::kAutodiscoverUrl,
    &kAnswerFailure,
    &fact::kDecodePoxError,
};

}  // namespace

bool is_pox_path(std::string_view path) {
  return autodiscover_endpoint(path) == AutodiscoverEndpoint::pox;
}

constinit const Decoder kPoxDecoder{"pox", kEmits, recognises, decode_exchange};

}  // namespace exotap
