#include "decoders/federation/wsfed.h"

#include <string_view>

#include "decoders/ascii.h"
#include "decoders/body.h"
#include "decoders/free_text.h"
#include "decoders/html/html_entities.h"
#include "decoders/secret_query.h"
#include "decoders/signin/saml_summary.h"
#include "decoders/signin/wstrust_answer.h"
#include "decoders/signin/wstrust_fault.h"
#include "decoders/xml.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxShort = 512;
constexpr std::size_t kMaxUser = 320;  // RFC 5321: 64 and 255 bytes around "@"

std::string_view kind_of(std::string_view action, bool answered) {
  if (answered) return "sign_in_answer";
  if (equals_lower(action, "wsignin1.0")) return "sign_in_request";
  if (equals_lower(action, "wsignout1.0")) return "sign_out";
  return equals_lower(action, "wsignoutcleanup1.0") ? "sign_out_cleanup" : "other";
}

void add_short(const FactSpec& spec, std::string_view text, Facts& facts) {
  if (text.size() <= kMaxShort) facts.add_if(spec, sentence(text));
}

void state_wishes(const PassiveParameters& parameters, Facts& facts) {
  add_short(fact::kWsfedRealm, shown_url(parameters.value("wtrealm")), facts);
  add_short(fact::kWsfedReply, shown_url(parameters.value("wreply")), facts);
  add_short(fact::kWsfedTime, parameters.value("wct"), facts);
  add_short(fact::kWsfedAuth, parameters.value("wauth"), facts);
  add_short(fact::kWsfedHomeRealm, shown_url(parameters.value("whr")), facts);
  add_short(fact::kWsfedFreshness, parameters.value("wfresh"), facts);
  add_short(fact::kWsfedPolicy, shown_url(parameters.value("wp")), facts);
  add_short(fact::kWsfedPrompt, parameters.value("prompt"), facts);
  if (const std::string wanted = parameters.value("wreq"); begins_as_xml(wanted)) {
    const XmlDocument document(wanted);
    const XmlNode root = document.root();
    state_trust_terms(
        root.name() == "RequestSecurityToken" ? root : root.find("RequestSecurityToken"), facts);
  }
  std::string user = parameters.value("username");
  if (user.empty()) user = parameters.value("login_hint");
  if (user.size() <= kMaxUser) facts.add_if(fact::kWsfedUser, user);
}

void state_split(const PassiveParameters& parameters, Facts& facts) {
  const auto index = whole_number(parameters.value("ttpindex"));
  const auto size = whole_number(parameters.value("ttpsize"));
  if (!index || !size) return;
  facts.add(fact::kWsfedResultSplit,
            "at byte " + std::to_string(*index) + " of " + std::to_string(*size));
}

// What the result says failed; empty where a token was issued, or it cannot be said.
std::string failure_of(XmlNode root, const Facts& facts) {
  if (root.name() == "Fault" || root.find("Fault")) {
    std::string failure = "WS-Federation fault";
    std::string_view word = facts.text(fact::kWstrustFaultSubcode);
    if (word.empty()) word = facts.text(fact::kWstrustFaultCode);
    if (!word.empty()) failure.append(" ").append(word);
    return failure;
  }
  const auto token = facts.number(fact::kWstrustTokenPresent);
  return token == 0 ? "WS-Federation answer without a token" : "";
}

void read_result(std::string result, WsfedOutcome& outcome, Facts& facts) {
  // Escaped once more than the form asks for: seen where a page's template escapes by itself.
  if (result.starts_with("&lt;")) result = html_unescaped(result);
  if (!begins_as_xml(result)) {
    outcome.error = "wresult is no XML";
    return;
  }
  const XmlDocument document(result);
  if (!document.ok()) outcome.error = "wresult: " + document.error();
  if (facts.has(fact::kWstrustResponse)) return;  // of the request; two would be read as one
  const XmlNode root = document.root();
  if (root.name() == "Assertion") {
    facts.add(fact::kWstrustResponse, "none");
    state_saml_summary(root, facts);
    return;
  }
  if (!state_trust_answer(root, facts)) {
    facts.add(fact::kWstrustResponse, "none");
    if (document.ok()) outcome.failure = "WS-Federation answer without a token";
    return;
  }
  if (!document.broke_off()) outcome.failure = failure_of(root, facts);
}

}  // namespace

WsfedOutcome state_ws_federation(const PassiveParameters& parameters, Facts& facts) {
  WsfedOutcome outcome;
  const std::string action = parameters.value("wa");
  std::string result = parameters.value("wresult");
  const bool pointed = parameters.has("wresultptr");
  const bool split = parameters.has("ttpindex");
  if (!starts_with_lower(action, "wsign") && result.empty() && !pointed) return outcome;
  outcome.is_message = true;
  facts.add(fact::kWsfedMessage, kind_of(action, !result.empty() || pointed));
  facts.add(fact::kWsfedBinding, name_of(parameters.binding()));
  add_short(fact::kWsfedAction, action, facts);
  state_wishes(parameters, facts);
  facts.add(fact::kWsfedContextPresent, parameters.has("wctx"));
  if (pointed) facts.add(fact::kWsfedResultPointer, true);
  if (split) {
    state_split(parameters, facts);
  } else if (!result.empty()) {
    read_result(std::move(result), outcome, facts);
  }
  return outcome;
}

}  // namespace exotap
