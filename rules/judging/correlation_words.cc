#include "rules/judging/correlation_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace exotap {
namespace {

using Type = Correlation::Type;

std::string joined(const std::vector<std::string>& words, std::string_view by) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + std::string(by) + " " : ", ";
    text += words[i];
  }
  return text;
}

std::string count_in_words(const Correlation& correlation) {
  const std::size_t least = correlation.at_least;
  const std::size_t most = correlation.at_most;
  std::string text;
  if (most == Correlation::kNoLimit) {
    text = std::to_string(least) + " or more";
  } else if (least == most) {
    text = "exactly " + std::to_string(least);
  } else if (least <= 1) {
    text = "at most " + std::to_string(most);
  } else {
    text = std::to_string(least) + " to " + std::to_string(most);
  }
  if (correlation.other_than) text += ", but not " + std::to_string(*correlation.other_than) + ",";
  return text;
}

std::string_view op_in_words(AmountTest::Op op) {
  switch (op) {
    case AmountTest::Op::less:
      return "less than";
    case AmountTest::Op::less_equal:
      return "at most";
    case AmountTest::Op::greater:
      return "more than";
    case AmountTest::Op::greater_equal:
      return "at least";
    case AmountTest::Op::equal:
      return "exactly";
    case AmountTest::Op::not_equal:
      return "other than";
  }
  return {};
}

// "the 95th of 100 parts" would puzzle; a percentile is known by its number.
std::string amount_in_words(const Correlation& correlation) {
  if (correlation.type == Type::value_sum) return "the sum";
  if (correlation.type == Type::value_avg) return "the average";
  return "percentile " + std::to_string(correlation.percentile);
}

std::string limits_in_words(const Correlation& correlation) {
  std::vector<std::string> limits;
  for (const AmountTest& test : correlation.amount_tests) {
    limits.push_back(std::string(op_in_words(test.op)) + " " +
                     to_text(Amount{test.thousandths, 1000}));
  }
  return joined(limits, "and");
}

std::string more_values(const RuleSet& rules, const Correlation& correlation) {
  std::string text;
  for (const Slot slot : correlation.more_values) {
    text += " with " + std::string(rules.slots().spec(slot).name);
  }
  return text;
}

std::string what_is_counted(const RuleSet& rules, const Correlation& correlation,
                            const std::vector<std::string>& names) {
  const std::string of = joined(names, "or");
  const auto fact = [&](Slot slot) { return std::string(rules.slots().spec(slot).name); };
  switch (correlation.type) {
    case Type::event_count:
      return count_in_words(correlation) + " matches of " + of;
    case Type::value_count:
      return count_in_words(correlation) + " different values of " + fact(correlation.value) +
             more_values(rules, correlation) + " in matches of " + of;
    case Type::temporal:
      if (correlation.at_least == names.size()) return "matches of " + joined(names, "and");
      return count_in_words(correlation) + " of these rules match: " + joined(names, "and");
    case Type::temporal_ordered:
      return "matches of " + joined(names, "and then") + ", in that order";
    case Type::value_sum:
    case Type::value_avg:
    case Type::value_percentile:
      return amount_in_words(correlation) + " of " + fact(correlation.value) +
             " over the matches of " + of + " is " + limits_in_words(correlation);
  }
  return {};
}

// The facts of one group-by: a single name, or the one of each rule where an alias tells them
// apart.
std::string group_in_words(const RuleSet& rules, const Correlation::FactByRule& slots) {
  std::vector<std::string> names;
  for (const Slot slot : slots) {
    const std::string name(rules.slots().spec(slot).name);
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return joined(names, "or");
}

}  // namespace

std::vector<std::size_t> counted_rules(const RuleSet& rules, std::size_t correlation) {
  std::vector<std::pair<std::size_t, std::size_t>> found;  // place, rule
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (const CompiledRule::Feed& feed : rules.compiled(i).feeds) {
      if (feed.correlation == correlation) found.emplace_back(feed.place, i);
    }
  }
  std::ranges::sort(found);
  std::vector<std::size_t> counted;
  for (const auto& [place, rule] : found) counted.push_back(rule);
  return counted;
}

std::string timespan_in_words(std::chrono::seconds timespan) {
  struct Unit {
    std::int64_t seconds;
    std::string_view name;
  };
  constexpr std::array kUnits{Unit{86400, "day"}, Unit{3600, "hour"}, Unit{60, "minute"},
                              Unit{1, "second"}};
  for (const Unit& unit : kUnits) {
    if (timespan.count() % unit.seconds != 0) continue;
    const std::int64_t count = timespan.count() / unit.seconds;
    return std::to_string(count) + " " + std::string(unit.name) + (count == 1 ? "" : "s");
  }
  return {};
}

std::string correlation_in_words(const RuleSet& rules, std::size_t correlation) {
  const Correlation& asked = *rules.compiled(correlation).correlation;
  std::vector<std::string> names;
  for (const std::size_t rule : counted_rules(rules, correlation)) {
    names.push_back(rules.rule(rule).name);
  }
  std::string text =
      what_is_counted(rules, asked, names) + ", within " + timespan_in_words(asked.timespan);
  std::vector<std::string> groups;
  for (const auto& slots : asked.group_by) groups.push_back(group_in_words(rules, slots));
  if (!groups.empty()) text += ", counted for each " + joined(groups, "and") + " by itself";
  return text;
}

}  // namespace exotap
