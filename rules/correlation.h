// Correlation over time: so many matches of some rules for the same host within five minutes
// (Sigma correlation rules specification 2.1).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/amount.h"
#include "rules/amount_window.h"
#include "rules/fact_index.h"

namespace exotap {

// Wall time as an exchange carries it; rules never read a clock.
using WallTime = std::chrono::system_clock::time_point;

// What a correlation's texts may speak of beside the facts of the exchange that completed it.
inline constexpr FactSpec kCorrelationCount{"correlation.count", FactType::integer,
                                            "events counted, or distinct values"};
inline constexpr FactSpec kCorrelationValues{"correlation.values", FactType::text,
                                             "the distinct values of a value_count"};
inline constexpr FactSpec kCorrelationValue{"correlation.value", FactType::text,
                                            "the sum, average or percentile"};

// As written in the rule. Immutable.
struct Correlation {
  enum class Type : std::uint8_t {
    event_count,
    value_count,
    temporal,
    temporal_ordered,
    value_sum,
    value_avg,
    value_percentile
  };
  // A fact, for each rule referred to: the same for all but where `aliases` says otherwise.
  using FactByRule = std::vector<Slot>;

  Type type = Type::event_count;
  std::size_t rule_count = 0;  // rules referred to; a match names one by its place among them
  std::vector<FactByRule> group_by;
  Slot value = 0;  // of value_count and amounts
  std::chrono::seconds timespan{0};
  // The count must be within these: of events, of distinct values, or of distinct rules.
  std::size_t at_least = 1;
  std::size_t at_most = kNoLimit;
  std::optional<std::size_t> other_than;  // which it must not be, even so
  // Of a sum, average or percentile instead: all must hold.
  std::vector<AmountTest> amount_tests;
  unsigned percentile = 50;  // 0..100, of value_percentile

  [[nodiscard]] bool is_of_amounts() const { return type >= Type::value_sum; }

  static constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t kMaxCount = 200;  // that a condition may ask for
  static constexpr std::size_t kMaxGroups = 256;
  static constexpr std::size_t kMaxRules = 32;
  static constexpr std::size_t kMaxGroupFacts = 8;
  // Events kept in a group beyond what the condition asks for, so that a text can say how many
  // there were.
  static constexpr std::size_t kKeptEvents = 50;
};

// One match of a rule that a correlation counts.
struct CountedEvent {
  WallTime time;
  std::uint64_t exchange_id = 0;
  std::size_t rule = 0;  // its place among the correlation's rules
  std::string field;  // a fact that tells about it, for the evidence; or the value that is counted
  std::string text;
};

// What fulfils a correlation's condition.
struct Correlated {
  std::vector<CountedEvent> events;  // the oldest first; none where the condition does not hold
  std::size_t count = 0;             // events, distinct values, or numbers of an amount
  std::string value;                 // of amounts, in decimal
};

// What a correlation remembers. Bounded: at most kMaxGroups groups, the one longest without an
// event going first, and in each the newest events that its condition asks for, or the newest
// numbers (AmountWindow). One thread.
class CorrelationMemory {
 public:
  explicit CorrelationMemory(const Correlation& correlation) : correlation_(&correlation) {}

  // Takes a match in; what now fulfils the condition, or nothing. An exchange is counted once,
  // however often it is told; of amounts, what it says later replaces what it said. Without all
  // group-by facts (and the value's) an exchange belongs to no group and is not counted. Events
  // may come a little out of order: the newest time ever seen in the group is its now. Of the
  // numbers of an amount, only the newest kKeptEvents are told.
  [[nodiscard]] Correlated add(CountedEvent event, const FactIndex& index);

 private:
  struct Group {
    std::vector<CountedEvent> events;  // in the order they came
    AmountWindow amounts;              // of amounts, instead
    WallTime newest;
  };

  [[nodiscard]] bool key_of(std::size_t rule, const FactIndex& index, std::string& key) const;
  Group& group(const std::string& key, WallTime time);
  [[nodiscard]] bool already_counted(const Group& group, const CountedEvent& event) const;
  void remember(Group& group, CountedEvent event) const;
  [[nodiscard]] bool fulfilled(const Group& group) const;
  [[nodiscard]] Correlated add_amount(const CountedEvent& event, const Fact& value, Group& group);
  [[nodiscard]] bool in_order(const Group& group) const;

  const Correlation* correlation_;
  std::unordered_map<std::string, Group> groups_;
};

}  // namespace exotap
