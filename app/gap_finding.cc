#include "app/gap_finding.h"

namespace exotap {

Finding finding_of(const Gap& gap) {
  Finding finding;
  finding.rule_id = "c1f6a0c4-2f0b-4b63-9c0e-5d2a1f4f7e31";
  finding.rule_name = "not-everything-was-examined";
  finding.level = Level::low;
  finding.owner = Owner::user;
  finding.title = "exotap did not examine everything that passed";
  finding.explain =
      "From here on " + std::to_string(gap.exchanges) +
      " exchanges or more passed without being examined (" + gap.what +
      "). They reached their servers as ever; only findings about them may be missing.";
  finding.remedy =
      "Read what was found with that in mind, and repeat the failing step alone. Where it comes "
      "again, close what sends so much, or keep busy hosts out with --tunnel HOST.";
  finding.evidence.push_back({0, "exotap.gap.exchanges", std::to_string(gap.exchanges)});
  finding.caused_by_exotap = true;
  return finding;
}

}  // namespace exotap
