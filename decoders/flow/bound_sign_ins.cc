#include "decoders/flow/bound_sign_ins.h"

#include "decoders/auth/kerberos_facts.h"
#include "decoders/flow/flow.h"
#include "decoders/windows_sign_in.h"

namespace exotap::flow {

namespace {

// Of Kerberos' own errors (RFC 4120 section 7.5.9) those that a binding is refused with: none at
// all, or the generic one.
constexpr std::int64_t kGenericError = 60;

bool may_be_the_binding(const Facts& facts) {
  return !facts.has(fact::kKerberosErrorCode) ||
         facts.number(fact::kKerberosErrorCode) == kGenericError;
}

}  // namespace

void BoundSignIns::fold(const Exchange& exchange, AuthOutcome outcome, Facts& facts) {
  const std::string_view binding = facts.text(fact::kAuthChannelBindings);
  const bool hidden = binding == "hidden";
  if (!hidden && binding != "exotap") return;
  const std::uint64_t hash = hash_of(exchange.host);
  auto& accepted_at = hidden ? hidden_accepted_at_ : accepted_at_;
  if (outcome == AuthOutcome::accepted) {
    *accepted_at.find_or_make(hash, exchange.host).first = true;
  } else if (outcome == AuthOutcome::rejected || outcome == AuthOutcome::loop) {
    const bool may_be_why = accepted_at.find(hash, exchange.host) == nullptr;
    if (!hidden) {
      facts.add(fact::kFlowAuthBoundToExotapRejected, may_be_why);
    } else if (may_be_the_binding(facts)) {
      facts.add(fact::kFlowAuthHiddenBindingRejected, may_be_why);
    }
  }
}

}  // namespace exotap::flow
