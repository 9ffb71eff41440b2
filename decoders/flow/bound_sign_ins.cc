#include "decoders/flow/bound_sign_ins.h"

#include "decoders/flow/flow.h"
#include "decoders/windows_sign_in.h"

namespace exotap::flow {

void BoundSignIns::fold(const Exchange& exchange, AuthOutcome outcome, Facts& facts) {
  if (facts.text(fact::kAuthChannelBindings) != "exotap") return;
  const std::uint64_t hash = hash_of(exchange.host);
  if (outcome == AuthOutcome::accepted) {
    *accepted_at_.find_or_make(hash, exchange.host).first = true;
  } else if (outcome == AuthOutcome::rejected || outcome == AuthOutcome::loop) {
    facts.add(fact::kFlowAuthBoundToExotapRejected,
              accepted_at_.find(hash, exchange.host) == nullptr);
  }
}

}  // namespace exotap::flow
