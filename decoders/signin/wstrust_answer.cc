#include "decoders/signin/wstrust_answer.h"

#include <string>
#include <string_view>
#include <vector>

#include "decoders/free_text.h"
#include "decoders/secret_query.h"
#include "decoders/signin/saml_summary.h"
#include "decoders/signin/wstrust_fault.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxStatedTerms = 8;
constexpr std::size_t kMaxUri = 512;

// A new value of the fact, unless it is there already or too long to be a URI.
void add_unless_there(const FactSpec& spec, std::string_view text, Facts& facts) {
  if (text.empty() || text.size() > kMaxUri) return;
  std::size_t values = 0;
  for (std::size_t i = 0; facts.has(spec) && i < facts.size(); ++i) {
    if (facts[i].spec != &spec) continue;
    if (facts[i].text == text || ++values == kMaxStatedTerms) return;
  }
  facts.add(spec, text);
}

XmlNode first_element(XmlNode root, std::string_view name) {
  return root.name() == name ? root : root.find(name);
}

std::string_view form_of(XmlNode token) {
  const std::string_view name = token.name();
  if (name == "Assertion") return "assertion";
  if (name == "EncryptedData" || name == "EncryptedAssertion") return "encrypted";
  return name == "BinarySecurityToken" ? "binary" : "other";
}

void state_token(XmlNode token, Facts& facts) {
  facts.add(fact::kWstrustTokenForm, form_of(token));
  if (form_of(token) == "encrypted") facts.add(fact::kSamlEncrypted, true);
  state_saml_summary(token, facts);
}

void state_responses(const std::vector<XmlNode>& responses, Facts& facts) {
  const XmlNode first = responses.front();
  const XmlNode lifetime = first.child("Lifetime");
  facts.add_if(fact::kWstrustCreated, lifetime.text_of("Created"));
  facts.add_if(fact::kWstrustExpires, lifetime.text_of("Expires"));
  XmlNode token;
  int tokens = 0;
  for (const XmlNode response : responses) {
    state_trust_terms(response, facts);
    const XmlNode issued = response.child("RequestedSecurityToken").first_child();
    if (issued) ++tokens;
    if (!token) token = issued;
  }
  facts.add(fact::kWstrustRstrCount, static_cast<std::int64_t>(responses.size()));
  facts.add(fact::kWstrustTokenPresent, tokens > 0);
  facts.add(fact::kWstrustTokenCount, tokens);
  if (token) state_token(token, facts);
}

void state_version(std::string_view uri, Facts& facts) {
  if (!facts.has(fact::kWstrustVersion)) {
    facts.add_if(fact::kWstrustVersion, ws_trust_version(uri));
  }
}

void state_header(XmlNode header, Facts& facts) {
  facts.add_if(fact::kWstrustAnswerAction, shown_url(header.text_of("Action")));
  facts.add_if(fact::kWstrustAnswerTimestamp,
               header.child("Security").child("Timestamp").text_of("Created"));
}

}  // namespace

std::string_view ws_trust_version(std::string_view uri) {
  if (uri.find("/ws-trust/200512") != std::string_view::npos) return "1.3";
  if (uri.find("/ws/2005/02/trust") != std::string_view::npos) return "2005";
  if (uri.find("/trust/13/") != std::string_view::npos) return "1.3";
  if (uri.find("/trust/2005/") != std::string_view::npos) return "2005";
  return {};
}

void state_trust_terms(XmlNode terms, Facts& facts) {
  // Names, not addresses: what follows their "#" belongs to them.
  add_unless_there(fact::kWstrustRequestType, sentence(terms.text_of("RequestType")), facts);
  add_unless_there(fact::kWstrustKeyType, sentence(terms.text_of("KeyType")), facts);
  add_unless_there(fact::kWstrustTokenType, sentence(terms.text_of("TokenType")), facts);
  const std::string address = terms.child("AppliesTo").find("Address").text();
  add_unless_there(fact::kWstrustAppliesTo, shown_url(address), facts);
}

bool state_trust_answer(XmlNode envelope, Facts& facts) {
  if (const XmlNode fault = first_element(envelope, "Fault")) {
    facts.add(fact::kWstrustResponse, "fault");
    state_header(envelope.child("Header"), facts);
    state_soap_fault(fault, facts);
    state_psf(envelope, facts);
    return true;
  }
  XmlNode holder = first_element(envelope, "RequestSecurityTokenResponseCollection");
  std::vector<XmlNode> responses;
  if (holder) {
    facts.add(fact::kWstrustResponse, "RSTRC");
    responses = holder.children("RequestSecurityTokenResponse");
  } else {
    holder = first_element(envelope, "RequestSecurityTokenResponse");
    if (!holder) return false;
    facts.add(fact::kWstrustResponse, "RSTR");
    responses = {holder};
  }
  state_version(holder.namespace_uri(), facts);
  state_header(envelope.child("Header"), facts);
  if (!responses.empty()) state_responses(responses, facts);
  state_psf(envelope, facts);
  return true;
}

}  // namespace exotap
