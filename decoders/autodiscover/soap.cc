#include "decoders/autodiscover/soap.h"

#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/autodiscover/endpoint.h"
#include "decoders/autodiscover/pox.h"
#include "decoders/autodiscover/request_terms.h"
#include "decoders/autodiscover/responder.h"
#include "decoders/autodiscover/soap_answer.h"
#include "decoders/autodiscover/soap_request.h"
#include "decoders/body.h"
#include "decoders/url_parts.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

void state_unread(std::string_view whose, std::string_view why, Facts& facts) {
  if (!why.empty()) {
    facts.add(fact::kDecodeAutodiscoverSoapError, std::string(whose) + ": " + std::string(why));
  }
}

void decode_request(const Message& request, Facts& facts) {
  const DecodedBody body(request);
  state_unread("request", body.error(), facts);
  if (body.empty()) {
    // A sign-in's first messages come without a body; the header names the operation all the same.
    std::string_view action = request.head.find("SOAPAction").value_or("");
    if (action.ends_with('"')) action.remove_suffix(1);
    if (action.find('/') != std::string_view::npos) {
      facts.add_if(fact::kAutodiscoverOperation, last_segment(action));
    }
    return;
  }
  const XmlDocument document(body.text());
  state_unread("request", document.error(), facts);
  state_soap_request(document.root(), facts);
}

AnswerKind decode_document(const Message& answer, const DecodedBody& body, Facts& facts) {
  const std::string_view text = body.text();
  if (is_web_page(answer, text)) return AnswerKind::web_page;
  if (!begins_as_xml(text)) return answer.complete ? AnswerKind::foreign : AnswerKind::unknown;
  const XmlDocument document(text);
  const std::string_view root = document.root().name();
  if (equal_ignoring_case(root, "html") || (root != "Envelope" && is_html_type(answer))) {
    return AnswerKind::web_page;
  }
  state_unread("answer", document.error(), facts);
  const bool success = answer.head.status / 100 == 2;
  const bool read = state_soap_answer(document.root(), success, facts);
  if (body.truncated() || document.broke_off()) facts.add(fact::kAutodiscoverTruncated, true);
  if (read) return AnswerKind::discovery;
  return document.broke_off() ? AnswerKind::unknown : AnswerKind::foreign;
}

bool recognises(const Exchange& exchange) {
  return autodiscover_endpoint(exchange) == AutodiscoverEndpoint::soap;
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  state_request_terms(exchange, facts);
  if (!facts.has(fact::kAutodiscoverFlavour)) facts.add(fact::kAutodiscoverFlavour, "soap");
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
    &fact::kAutodiscoverOperation,
    &fact::kAutodiscoverAnsweredBy,
    &fact::kAutodiscoverResponder,
    &fact::kAutodiscoverTruncated,
    &fact::kAutodiscoverRequestEmail,
    &fact::kAutodiscoverRequestDomain,
    &fact::kAutodiscoverRequestSettings,
    &fact::kAutodiscoverRequestSettingCount,
    &fact::kAutodiscoverRequestServerVersion,
    &fact::kAutodiscoverRequestMapiHttp,
    &fact::kAutodiscoverRequestCanHandle,
    &fact::kAutodiscoverServerVersion,
    &fact::kAutodiscoverServerSchema,
    &fact::kAutodiscoverResponseAction,
    &fact::kAutodiscoverRedirectAddress,
    &fact::kAutodiscoverRedirectUrl,
    &fact::kAutodiscoverErrorLevel,
    &fact::kAutodiscoverErrorName,
    &fact::kAutodiscoverErrorMessage,
    &fact::kAutodiscoverErrorResponse,
    &fact::kAutodiscoverErrorUser,
    &fact::kAutodiscoverErrorDomain,
    &fact::kAutodiscoverErrorSetting,
    &fact::kAutodiscoverSettingCount,
    &fact::kAutodiscoverSetting,
    &fact::kAutodiscoverSmtpAddress,
    &fact::kAutodiscoverLegacyDn,
    &fact::kAutodiscoverDisplayName,
    &fact::kAutodiscoverMicrosoftOnline,
    &fact::kAutodiscoverMapiHttp,
    &fact::kAutodiscoverAlternateMailbox,
    &fact::kAutodiscoverProtocolSummary,
    &fact::kAutodiscoverUrl,
    &fact::kAutodiscoverFederationApplication,
    &fact::kAutodiscoverFederationDomain,
    &fact::kAutodiscoverFederationIssuer,
    &kAnswerFailure,
    &fact::kDecodeAutodiscoverSoapError,
};

}  // namespace

constinit const Decoder kAutodiscoverSoapDecoder{"autodiscover_soap", kEmits, recognises,
                                                 decode_exchange};

}  // namespace exotap
