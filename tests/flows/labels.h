// What a story's `cause:` says: the rules that must name its causes. One, mostly; several, divided
// by commas, where faults have nothing to do with each other; none where all is well.
#pragma once

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace exotap::testing {

inline constexpr std::string_view kAllIsWell = "none";

[[nodiscard]] inline std::set<std::string, std::less<>> causes_labelled(std::string_view cause) {
  std::set<std::string, std::less<>> rules;
  while (!cause.empty() && cause != kAllIsWell) {
    const std::size_t comma = cause.find(',');
    std::string_view rule = cause.substr(0, comma);
    rule.remove_prefix(std::min(rule.find_first_not_of(' '), rule.size()));
    rules.emplace(rule);
    cause.remove_prefix(comma == std::string_view::npos ? cause.size() : comma + 1);
  }
  return rules;
}

}  // namespace exotap::testing
