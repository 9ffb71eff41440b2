// The rules a command judges by: the built-in ones and those of --rules.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "rules/rule_set.h"

namespace exotap {

// nullptr where a rule is broken; every fault is then a line on `errors`. Warnings go there too.
[[nodiscard]] std::unique_ptr<const RuleSet> load_all_rules(
    const std::vector<std::string>& directories, std::ostream& errors);

}  // namespace exotap
