#include "app/console/told_findings.h"

#include <algorithm>
#include <utility>

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

bool heavier(const ToldFinding& a, const ToldFinding& b) {
  return a.level != b.level ? a.level > b.level : a.first < b.first;
}

}  // namespace

ToldFinding* ToldFindings::at(std::uint64_t place) {
  const auto found = std::ranges::find(told_, place, &ToldFinding::place);
  return place == 0 || found == told_.end() ? nullptr : &*found;
}

const ToldFinding* ToldFindings::at(std::uint64_t place) const {
  const auto found = std::ranges::find(told_, place, &ToldFinding::place);
  return place == 0 || found == told_.end() ? nullptr : &*found;
}

ToldFinding* ToldFindings::numbered(std::uint64_t number) {
  const auto found = std::ranges::find_if(told_, [&](const ToldFinding& told) {
    return std::ranges::find(told.number, number) != told.number.end();
  });
  return number == 0 || found == told_.end() ? nullptr : &*found;
}

// What has no cause that is remembered stands by itself.
const ToldFinding* ToldFindings::root_of(const ToldFinding& told) const {
  const ToldFinding* root = &told;
  while (const ToldFinding* next = at(root->below)) root = next;
  return root;
}

ToldFinding* ToldFindings::same_as(const Finding& finding, std::uint64_t below) {
  const auto find = [&](const auto& is_same) -> ToldFinding* {
    const auto found = std::ranges::find_if(told_, is_same);
    return found == told_.end() ? nullptr : &*found;
  };
  if (below != 0) {
    ToldFinding* sibling = find([&](const ToldFinding& told) {
      return told.rule_id == finding.rule_id && told.below == below;
    });
    if (sibling != nullptr) return sibling;
  }
  return find([&](const ToldFinding& told) {
    const bool alike = finding.likeness != 0 && told.likeness == finding.likeness;
    return told.rule_id == finding.rule_id && (alike || told.host == finding.host) &&
           told.place != below;
  });
}

// Attempts may disagree about what comes of what; the first word stands.
bool ToldFindings::hang_below(ToldFinding& told, const ToldFinding& cause) {
  if (told.below != 0 || root_of(cause)->place == told.place) return false;
  told.below = cause.place;
  return true;
}

ToldFinding& ToldFindings::remember(const Finding& finding, std::uint64_t below, WallTime time) {
  if (told_.size() == kMaxTold) {
    told_.erase(std::ranges::min_element(told_, {}, &ToldFinding::latest));
  }
  return told_.emplace_back(ToldFinding{finding.rule_id,
                                        finding.host,
                                        finding.title,
                                        finding.level,
                                        finding.caused_by_exotap,
                                        std::max<std::uint64_t>(1, finding.repeats),
                                        time,
                                        time,
                                        finding.likeness,
                                        ++last_place_,
                                        below,
                                        {}});
}

ToldFindings::News ToldFindings::count(ToldFinding& told, const Finding& finding, WallTime time) {
  const std::uint64_t before = told.count;
  // The engine counts too, and may pass on only some of the repeats; but by host.
  told.count = told.below != 0 ? before + 1 : std::max<std::uint64_t>(before + 1, finding.repeats);
  told.latest = time;
  told.level = std::max(told.level, finding.level);
  return passed_power_of_ten(before, told.count) ? News::milestone : News::known;
}

ToldFindings::Outcome ToldFindings::take(const Finding& finding, WallTime time) {
  Outcome outcome;
  const ToldFinding* cause = numbered(finding.because_of);
  const ToldFinding* above = cause == nullptr ? nullptr : root_of(*cause);
  // Another attempt may have it the other way round: nothing hangs below itself.
  const bool itself =
      above != nullptr && above->rule_id == finding.rule_id && above->host == finding.host;
  const std::uint64_t below = above == nullptr || itself ? 0 : above->place;
  ToldFinding* told = same_as(finding, below);
  if (told == nullptr) {
    told = &remember(finding, below, time);
  } else {
    if (const ToldFinding* root = at(below)) hang_below(*told, *root);
    outcome.news = count(*told, finding, time);
  }
  if (finding.again_of == 0 && finding.number != 0) {
    if (told->number.size() == kMaxNumbers) told->number.erase(told->number.begin());
    told->number.push_back(finding.number);
  }
  for (const std::uint64_t number : finding.cause_of) {
    ToldFinding* symptom = numbered(number);
    if (symptom != nullptr && symptom != told && hang_below(*symptom, *told)) {
      outcome.cause_of.push_back(*symptom);
    }
  }
  outcome.told = *told;
  if (const ToldFinding* root = root_of(*told); root != told) outcome.cause = *root;
  return outcome;
}

std::size_t ToldFindings::causes() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      told_, [&](const ToldFinding& told) { return root_of(told) == &told; }));
}

std::vector<ToldFindings::Branch> ToldFindings::by_weight() const {
  std::vector<Branch> branches;
  for (const ToldFinding& told : told_) {
    if (root_of(told) == &told) branches.push_back({told, {}});
  }
  for (const ToldFinding& told : told_) {
    const ToldFinding* root = root_of(told);
    if (root == &told) continue;
    const auto of_root = [&](const Branch& branch) { return branch.told.place == root->place; };
    std::ranges::find_if(branches, of_root)->symptoms.push_back(told);
  }
  std::ranges::stable_sort(branches, heavier, &Branch::told);
  for (Branch& branch : branches) std::ranges::stable_sort(branch.symptoms, heavier);
  return branches;
}

}  // namespace exotap
