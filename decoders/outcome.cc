#include "decoders/outcome.h"

#include "decoders/answer_failure.h"
#include "decoders/entra/device_wait.h"

namespace exotap {
namespace {

constexpr const FactSpec* kEmits[] = {&fact::kEventOutcome};

std::string_view outcome_of(const Exchange& exchange, const Facts& facts) {
  if (exchange.fault) return "failure";
  const int status = exchange.answer.head.status;
  if (exchange.still_waiting || status == 401 || status == 407) return "unknown";
  if (status == 0) return exchange.is_connect ? "success" : "unknown";
  if (is_device_wait(exchange)) return "unknown";
  return status >= 400 || facts.has(kAnswerFailure) ? "failure" : "success";
}

bool recognises_all(const Exchange& /*exchange*/) { return true; }

void decode_outcome(const Exchange& exchange, Facts& facts) {
  facts.add(fact::kEventOutcome, outcome_of(exchange, facts));
}

}  // namespace

const Decoder kOutcomeDecoder{"outcome", kEmits, recognises_all, decode_outcome};

}  // namespace exotap
