#include "decoders/flow/token_wait.h"

#include <algorithm>

#include "decoders/authentication.h"

namespace exotap::flow {
namespace {

constexpr std::uint16_t kUnauthorized = 401;
constexpr int kMostCounted = 1'000'000;

bool fetches_a_token(const Exchange& exchange, Step step) {
  switch (step) {
    case Step::realm:
    case Step::mex:
    case Step::wstrust:
    case Step::oauth:
    case Step::federation:
      return true;
    default:
      return is_microsoft_sign_in(exchange.host);
  }
}

bool asks_for_a_token(const Facts& facts) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    if (fact.spec == &fact::kHttpAuthChallenge && fact.text == "bearer") return true;
  }
  return false;
}

}  // namespace

// An empty host stands for all of this client's.
void TokenWaits::forget(std::string_view client, std::string_view host) {
  waiting_.each([&](const Key& key, Waiting& waiting) {
    if (key.client == client && (host.empty() || key.host == host)) waiting = {};
  });
}

void TokenWaits::fold(const Exchange& exchange, Step step, Facts& facts) {
  const View here{exchange.client.address, exchange.host};
  if (fetches_a_token(exchange, step)) return forget(here.client, {});
  if (exchange.is_connect || exchange.still_waiting) return;
  const std::string_view mechanism = facts.text(fact::kHttpAuthMechanism);
  if (!mechanism.empty() && mechanism != "bearer_empty") return forget(here.client, here.host);
  if (exchange.answer.head.status != kUnauthorized || !asks_for_a_token(facts)) return;
  Waiting& waiting =
      *waiting_.find_or_make(mix(hash_of(here.client), hash_of(here.host)), here).first;
  if (waiting.count > 0 && !within(waiting.last_end, exchange.started, kTokenChallengeMemory)) {
    waiting = {};
  }
  if (waiting.count == 0) waiting.first = exchange.started;
  if (waiting.count == 0 || exchange.started >= waiting.last_end + kTokenChallengeApart) {
    waiting.count = std::min(waiting.count + 1, kMostCounted);
    waiting.last_end = ended(exchange);
  }
  if (waiting.count < 2) return;
  const auto waited = std::chrono::duration_cast<seconds>(exchange.started - waiting.first);
  facts.add(fact::kFlowTokenChallenges, waiting.count);
  facts.add(fact::kFlowTokenWaited, std::max<std::int64_t>(waited.count(), 0));
}

}  // namespace exotap::flow
