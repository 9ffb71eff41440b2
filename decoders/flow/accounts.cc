#include "decoders/flow/accounts.h"

#include <algorithm>
#include <utility>

#include "decoders/ascii.h"
#include "decoders/authentication.h"
#include "decoders/entra/aadsts.h"
#include "decoders/entra/oauth_error.h"
#include "decoders/entra/oauth_request.h"
#include "decoders/entra/sign_in_page.h"
#include "decoders/flow/flow.h"
#include "decoders/flow/url_host.h"
#include "decoders/signin/realm.h"
#include "decoders/signin/wstrust.h"
#include "decoders/signin/wstrust_answer.h"
#include "decoders/signin/wstrust_fault.h"
#include "decoders/user_name.h"

namespace exotap::flow {
namespace {

using namespace fact;

constexpr std::string_view kAlwaysManaged = ".onmicrosoft.com";

std::string lower(std::string_view text) {
  std::string out(text.substr(0, kMaxUserName));
  for (char& c : out) c = ascii_lower(c);
  return out;
}

bool reaches_mail(Step step) { return step == Step::autodiscover || step == Step::mail; }

bool sends_credentials(const Facts& facts) {
  return facts.has(kHttpAuthMechanism) && facts.text(kHttpAuthMechanism) != "bearer_empty";
}

// Whom credentials or an answer name, as user@domain.
std::string user_of(const Facts& facts) {
  for (const FactSpec* spec : {&kHttpAuthUser, &kWstrustUser, &kUserName}) {
    if (!lower_domain_of_address(facts.text(*spec)).empty()) return lower(facts.text(*spec));
  }
  return {};
}

// Most exchanges neither name an account nor end one; they are to cost nothing here.
bool may_tell(const Exchange& exchange, const Facts& facts) {
  return exchange.fault || exchange.answer.head.status >= 500 || facts.has(kRealmApi) ||
         facts.has(kHttpAuthMechanism) || facts.has(kWstrustResponse) || facts.has(kAadstsCode);
}

bool no_path_to(const Exchange& exchange) {
  return exchange.fault && exchange.fault.type != FaultType::client &&
         exchange.fault.stage <= Stage::tls;
}

// At the federation server.
std::optional<AccountOutcome> outcome_at_sts(const Exchange& exchange, const Facts& facts) {
  if (exchange.fault) {
    return exchange.fault.type == FaultType::client ? std::nullopt
                                                    : std::optional(AccountOutcome::fails);
  }
  if (facts.text(kWstrustResponse) == "fault") {
    const bool account =
        facts.text(kWstrustFaultSubcode) == "FailedAuthentication" || facts.has(kWstrustFaultMsis);
    return account ? AccountOutcome::refused : AccountOutcome::fails;
  }
  if (exchange.answer.head.status >= 500) return AccountOutcome::fails;
  return std::nullopt;
}

// At Microsoft's own sign-in. Only where a password was typed: what else is refused is asked anew.
std::optional<AccountOutcome> outcome_at_cloud(const Facts& facts) {
  if (!facts.has(kAadstsCode) || facts.is_true(kOauthErrorIsStep)) return std::nullopt;
  const bool typed = facts.text(kOauthGrant) == "password" || facts.has(kEntraPageErrorCode) ||
                     facts.text(kWstrustResponse) == "fault";
  return typed ? std::optional(AccountOutcome::refused) : std::nullopt;
}

std::optional<AccountOutcome> outcome_at_mail(const Exchange& exchange, AuthOutcome verdict,
                                              const Facts& facts) {
  if (!sends_credentials(facts)) return std::nullopt;
  const int status = exchange.answer.head.status;
  if (status >= 200 && status < 300) return AccountOutcome::works;
  const std::string_view said = facts.text(kAutodiscoverXErrorResult);
  if (said == "FederatedStsUnreachable") return AccountOutcome::fails;
  if (!said.empty()) return AccountOutcome::refused;
  if (verdict == AuthOutcome::rejected || verdict == AuthOutcome::loop || status >= 500) {
    return AccountOutcome::fails;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(AccountKind kind) {
  return kind == AccountKind::federated ? "federated" : "managed";
}

std::string_view to_string(AccountOutcome outcome) {
  switch (outcome) {
    case AccountOutcome::works:
      return "works";
    case AccountOutcome::fails:
      return "fails";
    case AccountOutcome::refused:
      return "refused";
    case AccountOutcome::unreached:
      return "unreached";
  }
  return "fails";
}

void Accounts::learn(const Exchange& exchange, const Facts& facts, Way& way) {
  if (!facts.has(kRealmApi)) return;
  const std::string user = lower(facts.text(kRealmUser));
  std::string domain = lower(facts.text(kRealmDomain));
  if (domain.empty()) domain = lower_domain_of_address(user);
  const std::string_view type = facts.text(kRealmNamespaceType);
  const bool federated = type == "Federated";
  if (!domain.empty() && (federated || type == "Managed")) {
    *kinds_.find_or_make(hash_of(domain), domain).first =
        federated ? AccountKind::federated : AccountKind::managed;
  }
  if (lower_domain_of_address(user).empty()) return;
  way.asked = user;
  way.asked_at = exchange.started;
  if (!federated) return;
  for (const FactSpec* spec :
       {&kRealmAuthUrl, &kRealmStsAuthUrl, &kRealmMexUrl, &kRealmActiveAuthUrl}) {
    const std::string host = lower_host_of_url(facts.text(*spec));
    if (host.empty() || is_microsoft_sign_in(host)) continue;
    *users_of_.find_or_make(hash_of(host), host).first = user;
  }
}

std::optional<AccountKind> Accounts::kind_of(std::string_view user) {
  const std::string domain = lower_domain_of_address(user);
  if (domain.ends_with(kAlwaysManaged)) return AccountKind::managed;
  const AccountKind* kind = kinds_.find(hash_of(domain), domain);
  return kind == nullptr ? std::nullopt : std::optional(*kind);
}

std::optional<Accounts::Ending> Accounts::ending_of(const Exchange& exchange, Step step,
                                                    AuthOutcome verdict, const Facts& facts,
                                                    const Way& way) {
  const auto ending = [](std::string user, std::optional<AccountOutcome> outcome) {
    return outcome && !user.empty() ? std::optional(Ending{std::move(user), *outcome})
                                    : std::nullopt;
  };
  std::string user = user_of(facts);
  if (const std::string* asked = users_of_.find(hash_of(exchange.host), exchange.host)) {
    if (user.empty()) user = *asked;
    return ending(std::move(user), outcome_at_sts(exchange, facts));
  }
  if (is_microsoft_sign_in(exchange.host)) return ending(std::move(user), outcome_at_cloud(facts));
  if (!reaches_mail(step)) return std::nullopt;
  if (no_path_to(exchange)) {
    const bool lately = within(way.asked_at, exchange.started, kAskedLately);
    return ending(lately ? way.asked : std::string(), AccountOutcome::unreached);
  }
  return ending(std::move(user), outcome_at_mail(exchange, verdict, facts));
}

void Accounts::settle(Round& round, AccountKind kind, Settled settled, WallTime at) {
  auto& side = kind == AccountKind::federated ? round.federated : round.managed;
  const auto& other = kind == AccountKind::federated ? round.managed : round.federated;
  const bool elsewhere = other && !other->discovered_at.empty() && !settled.discovered_at.empty() &&
                         other->discovered_at != settled.discovered_at;
  const bool changed = side && side->user == settled.user && side->outcome != settled.outcome;
  if (round.id == 0 || elsewhere || changed || !within(round.started, at, kCompareWithin)) {
    round = Round{};
    round.id = ++last_round_;
    round.started = at;
  }
  if (side && side->user != settled.user && side->outcome != settled.outcome) {
    round.contradicts = true;
  }
  side = std::move(settled);
}

void Accounts::fold(const Exchange& exchange, Step step, AuthOutcome verdict, Facts& facts) {
  if (exchange.probe || exchange.still_waiting) return;
  if (exchange.speculative || exchange.client_aborted || !may_tell(exchange, facts)) return;
  const std::string key = exchange.client.address + ' ' + exchange.upstream_address;
  Way& way = *ways_.find_or_make(hash_of(key), key).first;
  learn(exchange, facts, way);
  auto ending = ending_of(exchange, step, verdict, facts, way);
  if (!ending) return;
  const bool busy = reaches_mail(step) && exchange.answer.head.status >= 500 &&
                    !facts.has(kAutodiscoverXErrorResult);
  const bool again = way.put_off == ending->user;
  way.put_off = busy ? ending->user : std::string();
  if (busy && !again) return;
  const auto kind = kind_of(ending->user);
  if (!kind) return;
  facts.add(kFlowAccountKind, to_string(*kind));
  facts.add(kFlowAccountOutcome, to_string(ending->outcome));
  std::string discovered_at = step == Step::autodiscover ? exchange.host : std::string();
  settle(way.round, *kind, {std::move(ending->user), ending->outcome, std::move(discovered_at)},
         exchange.started);
  if (way.round.contradicts) return;
  facts.add(kFlowAccountRound, static_cast<std::int64_t>(way.round.id));
}

}  // namespace exotap::flow
