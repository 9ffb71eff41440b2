#include "app/gap_finding.h"

namespace exotap {

Finding finding_of(const Gap& gap, const Wording& words) {
  Finding finding;
  finding.rule_id = "c1f6a0c4-2f0b-4b63-9c0e-5d2a1f4f7e31";
  finding.rule_name = "not-everything-was-examined";
  finding.level = Level::low;
  finding.owner = Owner::user;
  const std::string exchanges = std::to_string(gap.exchanges);
  finding.title = words.gap_title;
  finding.explain = put_in(words.gap_explain, {exchanges, gap.what});
  finding.remedy = words.gap_remedy;
  finding.evidence.push_back({0, "exotap.gap.exchanges", exchanges});
  finding.caused_by_exotap = true;
  return finding;
}

}  // namespace exotap
