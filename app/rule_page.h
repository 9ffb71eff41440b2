// Rules as people read them: the list of `exotap rules list`, the page of `exotap rules show`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "rules/judging/rule_set.h"

namespace exotap {

// By name or id.
[[nodiscard]] std::optional<std::size_t> find_rule(const RuleSet& rules, std::string_view name);
// " (did you mean 'x'?)", or nothing where no rule's name is near.
[[nodiscard]] std::string rule_suggestion(const RuleSet& rules, std::string_view name);

// Name, level, owner and title in aligned columns, a line a rule, by name.
[[nodiscard]] std::string rule_list(const RuleSet& rules);

// All that rule number `i` says, the detection as sentences: no YAML. Ends with a line end.
[[nodiscard]] std::string rule_page(const RuleSet& rules, std::size_t i);

// What the rule looks for, which traffic it sees, and the filters that touch it, indented by two.
[[nodiscard]] std::string what_it_looks_for(const RuleSet& rules, std::size_t i);

}  // namespace exotap
