// What follows from what, as data: "who cannot reach the sign-in server gets no token". A
// consequence joins two findings by their facts, so that one is told as the cause of the other.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/judging/causes.h"
#include "rules/matching/detection.h"

namespace exotap {

// As written in the rule files (docs/causes.md describes each key). Immutable.
struct Consequence {
  // One end: which findings it can be.
  struct End {
    std::vector<bool> rules;             // by their place in the set; empty: those of every rule
    std::optional<Detection> detection;  // must match their exchange's facts, where there is one
    std::vector<const FactSpec*> same;   // facts that both ends must have, and alike
    std::vector<bool> by_organisation;   // of each: whether only whose name it is must be alike

    [[nodiscard]] bool matches(std::size_t rule, const FactIndex& index) const {
      if (!rules.empty() && !rules[rule]) return false;
      return !detection || detection->matches(index);
    }
  };

  std::string title;  // why the one explains the other
  std::string name;
  std::vector<std::string> joins, apart;  // the stories that prove it, by name (tests/flows)
  End cause;
  End symptom;
  Mark::Order order = Mark::Order::cause_first;
  std::chrono::seconds timespan{0};
};

// "contoso.com" of "anna@mail.contoso.com": the domain somebody registered, as well as the name
// alone can tell (two labels, three where the last two look like "co.uk").
[[nodiscard]] std::string_view organisation_in(std::string_view name);

// What a finding of the rule at `rule` can be in them. `facts` are those `index` was filled with.
[[nodiscard]] std::vector<Mark> marks_of(const std::vector<Consequence>& consequences,
                                         std::size_t rule, const FactIndex& index,
                                         const Facts& facts);

}  // namespace exotap
