#include "proxy/wire/probe/probe_budget.h"

#include <algorithm>

namespace exotap::wire {

bool ProbeBudget::spend(std::string_view host, TimePoint now) {
  constexpr std::chrono::minutes kMinute{1};
  while (!latest_.empty() && now - latest_.front() >= kMinute) latest_.pop_front();
  while (!hosts_.empty() && now - hosts_.front().at >= apart_) hosts_.pop_front();
  if (latest_.size() >= per_minute_) return false;
  if (std::ranges::any_of(hosts_, [&](const Asked& asked) { return asked.host == host; })) {
    return false;
  }
  latest_.push_back(now);
  if (apart_ == apart_.zero()) return true;
  if (hosts_.size() == kMaxHosts) hosts_.pop_front();
  hosts_.push_back({std::string(host), now});
  return true;
}

}  // namespace exotap::wire
