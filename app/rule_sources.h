// The rules a command judges by: the built-in ones and those of --rules.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "rules/judging/rule_set.h"

namespace exotap {

// Told in the language of `words`, with the built-in messages and those beside the rules of the
// directories. nullptr where a rule or a message is broken; every fault is then a line on `errors`.
// Warnings go there too.
[[nodiscard]] std::unique_ptr<const RuleSet> load_all_rules(
    const std::vector<std::string>& directories, std::ostream& errors,
    const Wording& words = english());

}  // namespace exotap
