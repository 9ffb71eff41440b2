#include "decoders/signin/wstrust.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "decoders/answer_failure.h"
#include "decoders/answer_origin.h"
#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/federation/token_times.h"
#include "decoders/secret_query.h"
#include "decoders/signin/mex.h"
#include "decoders/signin/saml_summary.h"
#include "decoders/signin/wstrust_answer.h"
#include "decoders/signin/wstrust_fault.h"
#include "decoders/url_parts.h"
#include "decoders/user_name.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxRequests = 8;  // RST2.srf takes several in one envelope
constexpr std::size_t kMaxEndpointName = 64;
constexpr std::size_t kMaxUser = 320;  // RFC 5321: 64 and 255 bytes around "@"

constexpr std::array<std::string_view, 4> kServiceNames = {"/rst2.srf", "/extsts.srf", "/rst.srf",
                                                           "/sts.wst"};

std::string_view credential_of(XmlNode security) {
  if (security.find("UsernameToken")) return "username";
  if (security.find("Assertion") || security.find("EncryptedData")) return "saml";
  const XmlNode binary = security.find("BinarySecurityToken");
  if (!binary) return "none";
  const std::string type = binary.attribute("ValueType");
  if (find_ignoring_case(type, "kerberos") != std::string_view::npos) return "kerberos";
  if (find_ignoring_case(type, "x509") != std::string_view::npos) return "certificate";
  return "binary";
}

void state_security(XmlNode security, Facts& facts) {
  const XmlNode token = security.find("UsernameToken");
  const std::string user = token.text_of("Username");
  if (user.size() <= kMaxUser) facts.add_if(fact::kWstrustUser, user);
  state_user(user, facts);
  facts.add(fact::kWstrustPasswordPresent, !token.text_of("Password").empty());
  facts.add(fact::kWstrustCredential, credential_of(security));
  const XmlNode timestamp = security.child("Timestamp");
  facts.add_if(fact::kWstrustTimestampCreated, timestamp.text_of("Created"));
  facts.add_if(fact::kWstrustTimestampExpires, timestamp.text_of("Expires"));
}

// False where there is no request for a token in it.
bool decode_request(const Message& request, Facts& facts) {
  const DecodedBody body(request);
  if (!begins_as_xml(body.text())) return false;
  const XmlDocument document(body.text());
  const XmlNode envelope = document.root();
  const std::vector<XmlNode> asked = envelope.all("RequestSecurityToken");
  if (!asked.empty()) {
    const XmlNode header = envelope.child("Header");
    facts.add_if(fact::kWstrustVersion, ws_trust_version(asked.front().namespace_uri()));
    facts.add_if(fact::kWstrustAction, shown_url(header.text_of("Action")));
    facts.add_if(fact::kWstrustTo, shown_url(header.text_of("To")));
    state_security(header.child("Security"), facts);
    for (std::size_t i = 0; i < asked.size() && i < kMaxRequests; ++i) {
      state_trust_terms(asked[i], facts);
    }
  }
  const bool known = !asked.empty() || is_ws_trust_path(path_of(request.head));
  if (known && !document.ok()) {
    facts.add(fact::kDecodeWstrustError, "request: " + document.error());
  }
  return !asked.empty();
}

// What an answer with status 200 says failed: Entra ID's endpoints send a fault so, or a response
// without a token, in the words that tell most.
void state_failure_inside(Facts& facts) {
  const bool fault = facts.text(fact::kWstrustResponse) == "fault";
  if (!fault && facts.is_true(fact::kWstrustTokenPresent)) return;
  for (const FactSpec* words : {&fact::kAadstsText, &fact::kWstrustPsfName,
                                &fact::kWstrustFaultSubcode, &fact::kWstrustPsfReqstatus}) {
    const std::string failure(facts.text(*words));  // a view ends with the next addition
    if (failure.empty()) continue;
    facts.add(kAnswerFailure, failure);
    return;
  }
  facts.add(kAnswerFailure, fault ? "SOAP fault" : "a response without a token");
}

// An answer that is neither response nor fault is stated only once it was seen whole.
void decode_answer(const Exchange& exchange, Facts& facts) {
  const DecodedBody body(exchange.answer);
  if (!body.error().empty()) facts.add(fact::kDecodeWstrustError, "answer: " + body.error());
  if (begins_as_xml(body.text())) {
    const XmlDocument document(body.text());
    if (!document.ok()) facts.add(fact::kDecodeWstrustError, "answer: " + document.error());
    if (state_trust_answer(document.root(), facts)) {
      if (exchange.answer.head.status < 400) state_failure_inside(facts);
      return;
    }
  }
  if (exchange.answer.complete && !body.truncated()) facts.add(fact::kWstrustResponse, "none");
}

void state_endpoint(std::string_view path, Facts& facts) {
  std::string name(last_segment(path).substr(0, kMaxEndpointName));
  std::transform(name.begin(), name.end(), name.begin(), ascii_lower);
  facts.add_if(fact::kWstrustEndpoint, name);
}

bool is_soap_post(const Exchange& exchange) {
  return exchange.request.head.method() == "POST" &&
         equals_lower(mime_type(exchange.request), "application/soap+xml");
}

bool recognises(const Exchange& exchange) {
  const std::string_view path = path_of(exchange.request.head);
  return is_ws_trust_path(path) || (is_soap_post(exchange) && !is_mex_path(path));
}

void decode_exchange(const Exchange& exchange, Facts& facts) {
  const std::string_view path = path_of(exchange.request.head);
  const bool asked = decode_request(exchange.request, facts);
  if (!asked && !is_ws_trust_path(path)) return;
  state_endpoint(path, facts);
  // A GET is somebody's look whether the endpoint lives; its error page answers no request.
  const bool looked = exchange.request.head.method() == "GET";
  if (has_server_answer(exchange) && !looked) {
    decode_answer(exchange, facts);
    state_token_times(exchange, facts);
  }
  if (!facts.has(fact::kWstrustVersion)) {
    facts.add_if(fact::kWstrustVersion, ws_trust_version(path));
  }
}

constexpr const FactSpec* kOwnFacts[] = {
    &fact::kWstrustEndpoint,
    &fact::kWstrustAction,
    &fact::kWstrustTo,
    &fact::kWstrustUser,
    &fact::kWstrustPasswordPresent,
    &fact::kWstrustCredential,
    &fact::kWstrustTimestampCreated,
    &fact::kWstrustTimestampExpires,
    &fact::kDecodeWstrustError,
    &kUserName,
    &kAnswerFailure,
};

constexpr std::size_t kEmitted = std::size(kOwnFacts) + std::size(kWstrustAnswerFacts) +
                                 std::size(kWstrustFaultFacts) + std::size(kSamlFacts) +
                                 std::size(kTokenTimeFacts);

constexpr std::array<const FactSpec*, kEmitted> all_emitted() {
  std::array<const FactSpec*, kEmitted> all{};
  auto* to = std::copy(std::begin(kOwnFacts), std::end(kOwnFacts), all.begin());
  to = std::copy(std::begin(kWstrustAnswerFacts), std::end(kWstrustAnswerFacts), to);
  to = std::copy(std::begin(kWstrustFaultFacts), std::end(kWstrustFaultFacts), to);
  to = std::copy(std::begin(kSamlFacts), std::end(kSamlFacts), to);
  std::copy(std::begin(kTokenTimeFacts), std::end(kTokenTimeFacts), to);
  return all;
}

constexpr std::array<const FactSpec*, kEmitted> kEmits = all_emitted();

}  // namespace

bool is_ws_trust_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view folder = path.substr(0, slash);
  if (ends_with_lower(folder, "/trust/2005") || ends_with_lower(folder, "/trust/13")) return true;
  const std::string_view name = path.substr(slash);
  return std::any_of(kServiceNames.begin(), kServiceNames.end(),
                     [&](std::string_view known) { return equals_lower(name, known); });
}

constinit const Decoder kWsTrustDecoder{"wstrust", kEmits, recognises, decode_exchange};

}  // namespace exotap
