// Why a rule fires or stays silent for one exchange: which of its statements hold, which do not,
// what was seen instead and where it stood.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "decoders/facts.h"
#include "rules/judging/rule_set.h"

namespace exotap {

// How far a rule is from matching an exchange.
struct Nearness {
  std::size_t rule = 0;
  std::size_t misses = 0;  // statements that would have to be otherwise; 0 where it matches
  std::size_t held = 0;    // statements that hold and want something to be there
};

// Of rule number `rule`, which is no correlation: its detection, its filters, and the traffic it
// sees.
[[nodiscard]] Nearness nearness(const RuleSet& rules, std::size_t rule, const Facts& facts);

// The rules that match the facts, then those that one statement keeps from it, the nearest first;
// at most `most` of the latter. Rules without anything that holds are not near.
[[nodiscard]] std::vector<std::size_t> nearest_rules(const RuleSet& rules, const Facts& facts,
                                                     std::size_t most);

// The rule's statements, a line each: "yes" or "no ", its words, what was seen and where. Lines
// that keep the rule from matching end in "<--". For a correlation, those of the rules it counts.
[[nodiscard]] std::string why(const RuleSet& rules, std::size_t rule, const Facts& facts);

}  // namespace exotap
