// A correlation as people read it: one sentence, for `exotap rules show`.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "rules/judging/rule_set.h"

namespace exotap {

// The numbers of the rules that the correlation counts, in the order it names them.
[[nodiscard]] std::vector<std::size_t> counted_rules(const RuleSet& rules, std::size_t correlation);

// "3 or more matches of port-443-refused within 5 minutes, each url.domain by itself". Rule number
// `correlation` is one.
[[nodiscard]] std::string correlation_in_words(const RuleSet& rules, std::size_t correlation);

// "90 seconds", "5 minutes", "1 hour".
[[nodiscard]] std::string timespan_in_words(std::chrono::seconds timespan);

}  // namespace exotap
