#include "decoders/federation/federation.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <vector>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/federation/adfs_page.h"
#include "decoders/federation/passive_parameters.h"
#include "decoders/federation/saml_message.h"
#include "decoders/federation/saml_wire.h"
#include "decoders/federation/token_times.h"
#include "decoders/federation/wsfed.h"
#include "decoders/html/html_forms.h"
#include "decoders/http.h"
#include "decoders/secret_query.h"
#include "decoders/signin/saml_summary.h"
#include "decoders/signin/wstrust_answer.h"
#include "decoders/signin/wstrust_fault.h"
#include "decoders/url_parts.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxReadForms = 8;
constexpr std::size_t kMaxRequestId = 64;

// The URL of a request without its query.
std::string place_of(const Exchange& exchange) {
  const std::string_view target = exchange.request.head.target();
  std::string place = exchange.scheme + "://" + exchange.host;
  if (exchange.port != 0 && exchange.port != 443 && exchange.port != 80) {
    place.append(":").append(std::to_string(exchange.port));
  }
  return place.append(path_of(target));
}

// A reference as it stands in a page or Location field, made absolute where it is not.
std::string absolute(std::string_view reference, const Exchange& exchange) {
  if (reference.find("://") != std::string_view::npos) return std::string(reference);
  const std::string origin = place_of(exchange);
  if (!reference.starts_with('/')) return reference.empty() ? origin : std::string(reference);
  const std::size_t path = origin.find('/', origin.find("://") + 3);
  return origin.substr(0, path).append(reference);
}

std::string saml_failure(const PassiveParameters& parameters, Facts& facts) {
  std::string value = parameters.value("SAMLRequest");
  if (value.empty()) value = parameters.value("SAMLResponse");
  if (parameters.has("SAMLart")) facts.add(fact::kSamlArtifactPresent, true);
  if (value.empty()) return {};
  const SamlWire wire = read_saml_value(value);
  if (!wire.error.empty()) facts.add(fact::kDecodeFederationError, "SAML: " + wire.error);
  if (wire.xml.empty()) return {};
  const XmlDocument document(wire.xml);
  if (!document.ok()) facts.add(fact::kDecodeFederationError, "SAML: " + document.error());
  const SamlOutcome outcome = state_saml_message(
      document.root(), parameters.has("Signature") ? parameters.value("SigAlg") : "", facts);
  if (!outcome.is_message) {
    facts.add(fact::kDecodeFederationError, "SAML: no message of the protocol");
    return {};
  }
  facts.add(fact::kSamlMessageBinding, name_of(parameters.binding()));
  facts.add(fact::kSamlRelayStatePresent, parameters.has("RelayState"));
  if (!outcome.destination.empty()) {
    facts.add(fact::kSamlDestinationMatches, same_place(outcome.destination, parameters.place()));
  }
  return outcome.failure;
}

// What the parameters say failed; empty where they say nothing, or no failure.
std::string state_parameters(const PassiveParameters& parameters, Facts& facts) {
  const WsfedOutcome outcome = state_ws_federation(parameters, facts);
  if (!outcome.error.empty()) facts.add(fact::kDecodeFederationError, outcome.error);
  const std::string saml = saml_failure(parameters, facts);
  return outcome.failure.empty() ? saml : outcome.failure;
}

bool is_form(const Message& message) {
  return equals_lower(mime_type(message), "application/x-www-form-urlencoded");
}

void decode_request(const Exchange& exchange, Facts& facts) {
  const std::string_view query = query_of(exchange.request.head.target());
  if (mentions_passive_sign_in(query)) {
    state_parameters({query, PassiveBinding::redirect, place_of(exchange)}, facts);
    const std::string id = query_value(query, "client-request-id");
    const bool told = facts.has(fact::kMsClientRequestId);  // by a field
    if (!told && id.size() <= kMaxRequestId) facts.add_if(fact::kMsClientRequestId, id);
  }
  if (!is_form(exchange.request)) return;
  const DecodedBody body(exchange.request);
  if (!mentions_passive_sign_in(body.text())) return;
  if (body.truncated() || !exchange.request.complete) {
    facts.add(fact::kDecodeFederationError, "the form breaks off");
  }
  state_parameters({body.text(), PassiveBinding::post, place_of(exchange)}, facts);
}

std::string decode_redirect(const Exchange& exchange, Facts& facts) {
  const auto location = exchange.answer.head.find("Location");
  if (!location) return {};
  const std::string_view query = query_of(*location);
  if (!mentions_passive_sign_in(query)) return {};
  return state_parameters({query, PassiveBinding::redirect, absolute(*location, exchange)}, facts);
}

std::string decode_page(const Exchange& exchange, Facts& facts) {
  const bool adfs = is_adfs_path(path_of(exchange.request.head));
  const DecodedBody body(exchange.answer);
  std::string failure;
  if (adfs) failure = state_adfs_page(body.text(), facts);
  if (!mentions_passive_sign_in(body.text())) return failure;
  const std::vector<HtmlForm> forms = html_forms(body.text());
  for (std::size_t i = 0; i < forms.size() && i < kMaxReadForms; ++i) {
    const std::size_t before = facts.size();
    const PassiveParameters parameters(forms[i], absolute(forms[i].action, exchange));
    const std::string said = state_parameters(parameters, facts);
    if (facts.size() != before)
      facts.add_if(fact::kFederationPostsTo, shown_url(parameters.place()));
    if (failure.empty()) failure = said;
  }
  return failure;
}

bool is_redirect(int status) { return status >= 300 && status < 400; }
bool is_page(const Message& answer) { return equals_lower(mime_type(answer), "text/html"); }

bool recognises(const Exchange& exchange) {
  const std::string_view query = query_of(exchange.request.head.target());
  if (!query.empty() && mentions_passive_sign_in(query)) return true;
  const Head& answer = exchange.answer.head;
  if (is_redirect(answer.status)) {
    const auto location = answer.find("Location");
    if (location && mentions_passive_sign_in(*location)) return true;
  } else if (answer.status != 0 && is_page(exchange.answer)) {
    return true;
  }
  return exchange.request.head.method() == "POST" && is_form(exchange.request);
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  decode_request(exchange, facts);
  if (has_server_answer(exchange)) {
    std::string failure;
    if (is_redirect(exchange.answer.head.status)) {
      failure = decode_redirect(exchange, facts);
    } else if (is_page(exchange.answer)) {
      failure = decode_page(exchange, facts);
    }
    // AD FS shows OAuth's errors on the same pages: whoever read it before has said so.
    const bool told = facts.has(kAnswerFailure);
    if (exchange.answer.head.status < 400 && !told) facts.add_if(kAnswerFailure, failure);
  }
  state_token_times(exchange, facts);
}

constexpr const FactSpec* kOwnFacts[] = {
    &fact::kFederationPostsTo,
    &fact::kSamlArtifactPresent,
    &fact::kSamlRelayStatePresent,
    &fact::kMsClientRequestId,
    &kAnswerFailure,
    &fact::kDecodeFederationError,
};

constexpr std::size_t kEmitted = std::size(kOwnFacts) + std::size(kWsfedFacts) +
                                 std::size(kSamlMessageFacts) + std::size(kSamlFacts) +
                                 std::size(kWstrustAnswerFacts) + std::size(kWstrustFaultFacts) +
                                 std::size(kTokenTimeFacts) + std::size(kAdfsPageFacts);

constexpr std::array<const FactSpec*, kEmitted> all_emitted() {
  std::array<const FactSpec*, kEmitted> all{};
  auto* to = std::copy(std::begin(kOwnFacts), std::end(kOwnFacts), all.begin());
  to = std::copy(std::begin(kWsfedFacts), std::end(kWsfedFacts), to);
  to = std::copy(std::begin(kSamlMessageFacts), std::end(kSamlMessageFacts), to);
  to = std::copy(std::begin(kSamlFacts), std::end(kSamlFacts), to);
  to = std::copy(std::begin(kWstrustAnswerFacts), std::end(kWstrustAnswerFacts), to);
  to = std::copy(std::begin(kWstrustFaultFacts), std::end(kWstrustFaultFacts), to);
  to = std::copy(std::begin(kTokenTimeFacts), std::end(kTokenTimeFacts), to);
  std::copy(std::begin(kAdfsPageFacts), std::end(kAdfsPageFacts), to);
  return all;
}

constexpr std::array<const FactSpec*, kEmitted> kEmits = all_emitted();

}  // namespace

constinit const Decoder kFederationDecoder{"federation", kEmits, recognises, decode_exchange};

}  // namespace exotap
