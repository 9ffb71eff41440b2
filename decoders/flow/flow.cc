#include "decoders/flow/flow.h"

#include <algorithm>
#include <string>

#include "decoders/ascii.h"
#include "decoders/flow/accounts.h"
#include "decoders/flow/attempts.h"
#include "decoders/flow/bound_sign_ins.h"
#include "decoders/flow/challenge_outcome.h"
#include "decoders/flow/cut_waits.h"
#include "decoders/flow/discovery.h"
#include "decoders/flow/port_reach.h"
#include "decoders/flow/proxy_sign_in.h"
#include "decoders/flow/redirects.h"
#include "decoders/flow/shared_certificate.h"
#include "decoders/flow/step.h"
#include "decoders/flow/token_wait.h"
#include "decoders/signin/realm.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

using namespace fact;

constexpr const FactSpec* kFlowFacts[] = {
    &kFlowAttempt,
    &kFlowStep,
    &kFlowStepNumber,
    &kFlowAuthOutcome,
    &kFlowAuthRejections,
    &kFlowAuthChallengeOnly,
    &kFlowAuthBoundToExotapRejected,
    &kFlowAuthHiddenBindingRejected,
    &kFlowProxyAuthOutcome,
    &kFlowProxyAuthUnanswered,
    &kFlowCertificateUnrelatedHosts,
    &kFlowCertificateSharedWith,
    &kFlowPort443OthersOk,
    &kFlowPort443OthersFailed,
    &kFlowPort443OnlyThisHost,
    &kFlowPort443AllHosts,
    &kFlowPort443Port80Ok,
    &kFlowHostWorkedBefore,
    &kFlowStsReachedDirectly,
    &kFlowAccountKind,
    &kFlowAccountOutcome,
    &kFlowAccountRound,
    &kAutodiscoverStep,
    &kAutodiscoverAnsweredElsewhere,
    &kFlowRedirectDepth,
    &kFlowRedirectHops,
    &kFlowRedirectTo,
    &kFlowRedirectLoop,
    &kFlowRedirectToClear,
    &kFlowRedirectToCloud,
    &kFlowWaitCutAfter,
    &kFlowWaitCutAlike,
    &kFlowTokenChallenges,
    &kFlowTokenWaited,
};

constexpr std::size_t kMaxFederationHosts = 64;
constexpr std::size_t kMaxHostName = 255;

// "sts.contoso.com" of "https://sts.contoso.com:443/adfs/ls"; empty where there is none.
std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::string_view authority = url.substr(scheme + 3);
  return authority.substr(0, std::min(authority.find_first_of(":/?#"), authority.size()));
}

}  // namespace

std::span<const FactSpec* const> flow_facts() { return kFlowFacts; }

struct Flow::Memory {
  flow::Attempts attempts;
  flow::Accounts accounts;
  flow::ChallengeOutcomes outcomes;
  flow::BoundSignIns bound;
  flow::ProxySignIns proxies;
  flow::SharedCertificates certificates;
  flow::PortReach ports;
  flow::CutWaits cut_waits;
  flow::TokenWaits token_waits;
  flow::Discovery discovery;
  flow::Redirects redirects;
  // Hosts that realm discovery named as federation servers, lower case.
  flow::RecentTable<std::string, bool, kMaxFederationHosts / 8> federation_hosts;

  void learn_federation_hosts(const Facts& facts) {
    if (!facts.has(kRealmApi)) return;
    for (const FactSpec* spec :
         {&kRealmAuthUrl, &kRealmStsAuthUrl, &kRealmMexUrl, &kRealmActiveAuthUrl}) {
      const std::string_view host = host_of(facts.text(*spec));
      if (host.empty() || host.size() > kMaxHostName) continue;
      std::string lower(host);
      for (char& c : lower) c = ascii_lower(c);
      if (flow::is_microsoft_sign_in(lower)) continue;
      *federation_hosts.find_or_make(flow::hash_of(lower), lower).first = true;
    }
  }

  [[nodiscard]] flow::Step step_of(const Exchange& exchange) {
    const std::string_view path =
        exchange.is_connect ? std::string_view{} : path_of(exchange.request.head);
    const flow::Step step = flow::step_of(exchange.host, path);
    if (step != flow::Step::other) return step;
    const bool* known = federation_hosts.find(flow::hash_of(exchange.host), exchange.host);
    return known != nullptr ? flow::Step::federation : step;
  }
};

Flow::Flow() : memory_(std::make_unique<Memory>()) {}
Flow::~Flow() = default;
Flow::Flow(Flow&&) noexcept = default;
Flow& Flow::operator=(Flow&&) noexcept = default;

void Flow::fold(const Exchange& exchange, Facts& facts) {
  memory_->ports.fold(exchange, facts);
  if (!exchange.mail_related) return;
  memory_->learn_federation_hosts(facts);
  const flow::Step step = memory_->step_of(exchange);
  const flow::AttemptView attempt = memory_->attempts.fold(exchange, step);
  facts.add(kFlowAttempt, static_cast<std::int64_t>(attempt.id));
  facts.add(kFlowStep, flow::to_string(step));
  facts.add(kFlowStepNumber, attempt.step_number);
  if (attempt.sts_reached) facts.add(kFlowStsReachedDirectly, true);
  memory_->discovery.fold(exchange, attempt.id, facts);
  memory_->redirects.fold(exchange, attempt.id, facts);
  memory_->certificates.fold(exchange, facts);
  if (exchange.probe) return;
  memory_->token_waits.fold(exchange, step, facts);
  memory_->cut_waits.fold(exchange, step == flow::Step::mail, facts);
  memory_->proxies.fold(exchange, facts);
  if (exchange.is_connect) {
    memory_->accounts.fold(exchange, step, flow::AuthOutcome::none, facts);
    return;
  }
  const flow::AuthVerdict verdict = memory_->outcomes.fold(exchange, facts);
  facts.add(kFlowAuthOutcome, flow::to_string(verdict.outcome));
  memory_->bound.fold(exchange, verdict.outcome, facts);
  memory_->accounts.fold(exchange, step, verdict.outcome, facts);
  if (!verdict.is_401) return;
  facts.add(kFlowAuthRejections, verdict.rejections);
  facts.add(kFlowAuthChallengeOnly, verdict.challenge_only);
}

}  // namespace exotap
