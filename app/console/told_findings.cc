#include "app/console/told_findings.h"

#include <algorithm>

namespace exotap {
namespace {

// Whether a power of ten from 10 on lies in (before, now].
bool passed_power_of_ten(std::uint64_t before, std::uint64_t now) {
  for (std::uint64_t power = 10; power <= now; power *= 10) {
    if (before < power) return true;
    if (power > now / 10) break;
  }
  return false;
}

}  // namespace

ToldFindings::Outcome ToldFindings::take(const Finding& finding, WallTime time) {
  const auto known = std::find_if(told_.begin(), told_.end(), [&](const ToldFinding& told) {
    return told.rule_id == finding.rule_id && told.host == finding.host;
  });
  if (known != told_.end()) {
    // The engine counts too, and may pass on only some of the repeats.
    const std::uint64_t before = known->count;
    known->count = std::max<std::uint64_t>(before + 1, finding.repeats);
    known->latest = time;
    known->level = std::max(known->level, finding.level);
    const bool milestone = passed_power_of_ten(before, known->count);
    return {milestone ? News::milestone : News::known, &*known};
  }
  if (told_.size() == kMaxTold) {
    told_.erase(std::min_element(
        told_.begin(), told_.end(),
        [](const ToldFinding& a, const ToldFinding& b) { return a.latest < b.latest; }));
  }
  told_.push_back({finding.rule_id, finding.host, finding.title, finding.level,
                   finding.caused_by_exotap, std::max<std::uint64_t>(1, finding.repeats), time,
                   time});
  return {News::first, &told_.back()};
}

std::vector<ToldFinding> ToldFindings::by_weight() const {
  std::vector<ToldFinding> sorted = told_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const ToldFinding& a, const ToldFinding& b) {
    return a.level != b.level ? a.level > b.level : a.first < b.first;
  });
  return sorted;
}

}  // namespace exotap
