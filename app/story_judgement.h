// A story told to decoders, flow and rules, as `exotap run` would tell what it sees.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "capture/story.h"
#include "decoders/facts.h"
#include "rules/judging/rule_set.h"
#include "rules/words/finding.h"

namespace exotap {

// One exchange of a story and what the rules said of it.
struct JudgedStep {
  const Exchange* exchange = nullptr;  // the story's
  Facts facts;
  std::vector<Finding> findings;
};

// In the order of the story, which must outlive the steps.
[[nodiscard]] std::vector<JudgedStep> judge_story(const Story& story, const RuleSet& rules);

// The names of the rules that fired in any of them.
[[nodiscard]] std::set<std::string> fired_in(const std::vector<JudgedStep>& steps);

}  // namespace exotap
