#include "decoders/federation/saml_message.h"

#include <algorithm>
#include <array>
#include <utility>

#include "decoders/federation/saml_status.h"
#include "decoders/free_text.h"
#include "decoders/secret_query.h"
#include "decoders/signin/saml_summary.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxContexts = 8;
constexpr std::size_t kMaxStatusDepth = 4;
constexpr std::size_t kMaxId = 256;
constexpr std::size_t kMaxDetailElements = 16;
constexpr std::size_t kMaxWalked = 64;  // elements looked at for the message

constexpr std::array<std::string_view, 9> kMessages = {
    "AuthnRequest",        "Response",         "LogoutRequest",  "LogoutResponse",
    "ArtifactResolve",     "ArtifactResponse", "AttributeQuery", "ManageNameIDRequest",
    "ManageNameIDResponse"};

bool is_message(XmlNode node) {
  return std::find(kMessages.begin(), kMessages.end(), node.name()) != kMessages.end();
}

// An ArtifactResponse has the message that was meant inside.
XmlNode message_in(XmlNode root) {
  XmlNode found;
  std::size_t walked = 0;
  for (XmlNode at = root; at && walked < kMaxWalked; ++walked) {
    if (is_message(at)) {
      found = at;
      if (at.name() != "ArtifactResponse") break;
    }
    at = at.following(root);
  }
  return found;
}

void add_short(const FactSpec& spec, std::string_view text, Facts& facts) {
  if (text.size() <= kMaxId) facts.add_if(spec, text);
}

void add_true(const FactSpec& spec, std::string_view text, Facts& facts) {
  if (text == "true" || text == "1") facts.add(spec, true);
}

std::string_view last_word(std::string_view uri) { return uri.substr(uri.rfind(':') + 1); }

std::string_view short_name(std::string_view uri) { return uri.substr(uri.find_last_of("#/") + 1); }

void state_head(XmlNode message, Facts& facts) {
  facts.add(fact::kSamlMessageType, message.name());
  const std::string major = message.attribute("MajorVersion");
  add_short(fact::kSamlMessageVersion,
            major.empty() ? message.attribute("Version")
                          : major + "." + message.attribute("MinorVersion"),
            facts);
  add_short(fact::kSamlMessageId,
            message.has_attribute("ID") ? message.attribute("ID") : message.attribute("ResponseID"),
            facts);
  add_short(fact::kSamlMessageIssuer, message.text_of("Issuer"), facts);
  add_short(fact::kSamlMessageIssueInstant, message.attribute("IssueInstant"), facts);
  facts.add_if(fact::kSamlMessageDestination, shown_url(message.attribute("Destination")));
  add_short(fact::kSamlMessageInResponseTo, message.attribute("InResponseTo"), facts);
}

// Nothing where it went well.
std::string state_status(XmlNode status, Facts& facts) {
  const XmlNode top = status.child("StatusCode");
  if (!top) return {};
  const std::string first = top.attribute("Value");
  std::string failure = "SAML status " + sentence(saml_status_word(first));
  facts.add_if(fact::kSamlStatusCode, sentence(saml_status_word(first)));
  add_short(fact::kSamlStatusIssuer, status.parent().text_of("Issuer"), facts);
  std::string exact = first;
  XmlNode code = top.child("StatusCode");
  for (std::size_t depth = 0; code && depth < kMaxStatusDepth; ++depth) {
    exact = code.attribute("Value");
    const std::string word = sentence(saml_status_word(exact));
    facts.add_if(fact::kSamlStatusSubcode, word);
    failure.append(", ").append(word);
    code = code.child("StatusCode");
  }
  const bool success = saml_status_word(first) == "Success";
  if (!success)
    facts.add_if(fact::kSamlStatusMeaning, saml_status_meaning(saml_status_word(exact)));
  facts.add_if(fact::kSamlStatusMessage, sentence(status.text_of("StatusMessage")));
  std::string detail;
  XmlNode at = status.child("StatusDetail");
  for (std::size_t i = 0; at && i < kMaxDetailElements; ++i) {
    const std::string text = at.text();
    if (!text.empty()) detail.append(detail.empty() ? "" : " ").append(text);
    at = at.following(status.child("StatusDetail"));
  }
  facts.add_if(fact::kSamlStatusDetail, sentence(detail));
  return success ? std::string() : failure;
}

void state_assertions(XmlNode message, Facts& facts) {
  const std::vector<XmlNode> plain = message.children("Assertion");
  const std::vector<XmlNode> encrypted = message.children("EncryptedAssertion");
  facts.add(fact::kSamlAssertionCount, static_cast<std::int64_t>(plain.size() + encrypted.size()));
  // One assertion's facts only: those of two would be read as one's.
  if (facts.has(fact::kSamlVersion) || facts.has(fact::kSamlEncrypted)) return;
  if (!plain.empty()) {
    state_saml_summary(plain.front(), facts);
  } else if (!encrypted.empty()) {
    facts.add(fact::kSamlEncrypted, true);
  }
}

void state_wishes(XmlNode request, Facts& facts) {
  facts.add_if(fact::kSamlRequestAcsUrl,
               shown_url(request.attribute("AssertionConsumerServiceURL")));
  add_short(fact::kSamlRequestBinding, last_word(request.attribute("ProtocolBinding")), facts);
  add_short(fact::kSamlRequestNameIdFormat, request.child("NameIDPolicy").attribute("Format"),
            facts);
  add_true(fact::kSamlRequestForceAuthn, request.attribute("ForceAuthn"), facts);
  add_true(fact::kSamlRequestPassive, request.attribute("IsPassive"), facts);
  const XmlNode wanted = request.child("RequestedAuthnContext");
  const std::vector<XmlNode> contexts = wanted.children("AuthnContextClassRef");
  for (std::size_t i = 0; i < contexts.size() && i < kMaxContexts; ++i) {
    add_short(fact::kSamlRequestAuthnContext, contexts[i].text(), facts);
  }
  add_short(fact::kSamlRequestComparison, wanted.attribute("Comparison"), facts);
}

}  // namespace

SamlOutcome state_saml_message(XmlNode root, std::string_view outer_algorithm, Facts& facts) {
  SamlOutcome outcome;
  const XmlNode message = message_in(root);
  if (!message) return outcome;
  outcome.is_message = true;
  outcome.destination = message.attribute("Destination");
  state_head(message, facts);
  outcome.failure = state_status(message.child("Status"), facts);
  if (message.name() == "AuthnRequest") state_wishes(message, facts);
  if (message.name() == "Response") state_assertions(message, facts);
  const XmlNode signature = message.child("Signature");
  facts.add(fact::kSamlMessageSigned, signature || !outer_algorithm.empty());
  const std::string algorithm = signature.find("SignatureMethod").attribute("Algorithm");
  add_short(fact::kSamlMessageSignatureAlgorithm,
            short_name(signature ? std::string_view(algorithm) : outer_algorithm), facts);
  // The certificate is the identity provider's: an application that asks may sign, too.
  if (message.name().ends_with("Response")) state_saml_signature(signature, facts);
  return outcome;
}

}  // namespace exotap
