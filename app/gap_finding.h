// That exotap itself did not see everything is a finding, too: without it an empty list of findings
// would read as "nothing was wrong". It is about exotap, so no rule over an exchange can have it.
#pragma once

#include "capture/sink.h"
#include "rules/words/finding.h"
#include "rules/words/wording.h"

namespace exotap {

// For the first gap of a run; the log's gap lines say how much each was.
[[nodiscard]] Finding finding_of(const Gap& gap, const Wording& words = english());

}  // namespace exotap
