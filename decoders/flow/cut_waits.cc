#include "decoders/flow/cut_waits.h"

#include <algorithm>

namespace exotap::flow {
namespace {

bool was_cut(const Exchange& exchange) {
  if (!exchange.fault || exchange.client_aborted || exchange.still_waiting) return false;
  if (exchange.is_connect || exchange.fault.stage != Stage::answer) return false;
  return exchange.fault.type == FaultType::tcp || exchange.fault.type == FaultType::tls ||
         exchange.fault.type == FaultType::http;
}

bool alike(seconds a, seconds b) {
  const seconds apart = a > b ? a - b : b - a;
  return apart <= std::max(kAlikeSlack, std::max(a, b) / kAlikePart);
}

}  // namespace

void CutWaits::fold(const Exchange& exchange, bool is_mail, Facts& facts) {
  if (!is_mail || !was_cut(exchange)) return;
  const auto age = std::chrono::duration_cast<seconds>(exchange.timings.total);
  if (age < kShortestWait) return;
  Cuts& cuts = *by_host_.find_or_make(hash_of(exchange.host), exchange.host).first;
  const WallTime now = ended(exchange);
  cuts.last[cuts.next] = {age, now};
  cuts.next = (cuts.next + 1) % kRememberedCuts;
  const auto count = std::count_if(cuts.last.begin(), cuts.last.end(), [&](const Cut& cut) {
    return cut.age.count() != 0 && within(cut.at, now, kCutMemory) && alike(cut.age, age);
  });
  facts.add(fact::kFlowWaitCutAfter, std::int64_t{age.count()});
  facts.add(fact::kFlowWaitCutAlike, std::int64_t{count});
}

}  // namespace exotap::flow
