#include "decoders/flow/proxy_sign_in.h"

#include <algorithm>

#include "decoders/authentication.h"
#include "decoders/flow/flow.h"
#include "decoders/process.h"

namespace exotap::flow {
namespace {

constexpr std::uint16_t kProxyAuthenticationRequired = 407;
constexpr int kMostCounted = 1'000'000;

std::string_view program_of(const Exchange& exchange, const Facts& facts) {
  std::string_view name = facts.text(fact::kProcessName);
  if (name.empty()) name = exchange.request.head.find("User-Agent").value_or(std::string_view{});
  return name.substr(0, kMaxProgramText);
}

// Whether the proxy goes on with the conversation. NTLM has no leg after its third message.
bool carries_on(std::string_view mechanism, const Facts& facts) {
  const std::string_view token = facts.text(fact::kHttpProxyAuthChallengeToken);
  return !token.empty() && token != "spnego_reject" && mechanism != "ntlm_authenticate";
}

}  // namespace

std::uint64_t ProxySignIns::VisitorView::hash() const {
  return mix(mix(hash_of(client), hash_of(program)), mix(hash_of(host), hash_of(proxy)));
}

int ProxySignIns::challenged(const Exchange& exchange, const VisitorView& who) {
  Unanswered& so_far = *visitors_.find_or_make(who.hash(), who).first;
  if (so_far.count > 0 && !within(so_far.last_end, exchange.started, kChallengeMemory)) {
    so_far = {};
  }
  if (so_far.count == 0 || exchange.started >= so_far.last_end + kChallengeApart) {
    so_far.count = std::min(so_far.count + 1, kMostCounted);
    so_far.last_end = ended(exchange);
  }
  return so_far.count;
}

// The program can sign in at this proxy, so it will for other hosts, too.
void ProxySignIns::answered(const VisitorView& who) {
  visitors_.each([&](const Visitor& known, Unanswered& unanswered) {
    const bool same = known.client == who.client && known.program == who.program;
    if (same && known.proxy == who.proxy) unanswered = {};
  });
}

void ProxySignIns::fold(const Exchange& exchange, Facts& facts) {
  const std::string_view mechanism = facts.text(fact::kHttpProxyAuthMechanism);
  const bool refused = exchange.answer.head.status == kProxyAuthenticationRequired;
  if (mechanism.empty() && !refused) return;
  const std::string_view client = exchange.client.address;
  const VisitorView who{client, program_of(exchange, facts), exchange.host,
                        exchange.upstream_address};
  if (!mechanism.empty()) answered(who);
  if (exchange.still_waiting || !exchange.upstream_sign_in.empty()) return;
  std::string_view outcome = "challenge";
  if (!refused) {
    if (exchange.answer.head.status == 0 && exchange.fault) return;
    outcome = "accepted";
  } else if (mechanism.empty()) {
    const int count = challenged(exchange, who);
    if (count >= kUnansweredTimes) outcome = "unanswered";
    facts.add(fact::kFlowProxyAuthOutcome, outcome);
    facts.add(fact::kFlowProxyAuthUnanswered, count);
    return;
  } else if (carries_on(mechanism, facts)) {
    outcome = "in_progress";
  } else if (mechanism != "ntlm_negotiate") {
    outcome = "rejected";
  }
  facts.add(fact::kFlowProxyAuthOutcome, outcome);
}

}  // namespace exotap::flow
