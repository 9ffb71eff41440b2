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
#include <utility>
#include <vector>

#include "rules/judging/amount.h"
#include "rules/judging/amount_window.h"
#include "rules/matching/fact_index.h"

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
  // Of value_count: further facts. What is counted then are different combinations of all of them.
  std::vector<Slot> more_values;
  std::chrono::seconds timespan{0};
  // The count must be within these: of events, of distinct values, or of distinct rules.
  std::size_t at_least = 1;
  std::size_t at_most = kNoLimit;
  std::optional<std::size_t> other_than;  // which it must not be, even so
  // Without a lower bound a count is true of what has just begun. Then the condition is asked only
  // of windows that were seen whole.
  bool only_whole_windows = false;
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
  std::string distinct;  // of value_count: what tells it from others; all its values
};

// What fulfils a correlation's condition.
struct Correlated {
  std::vector<CountedEvent> events;  // the oldest first; none where the condition does not hold
  std::size_t count = 0;             // events, distinct values, or numbers of an amount
  std::string value;                 // of amounts, in decimal
};

// What a correlation remembers. Bounded: at most kMaxGroups groups, the one longest without an
// event going first, and in each the newest events that its condition asks for, or the newest
// numbers (AmountWindow). What goes although it still counted is counted itself. One thread.
//
// Time is what events say. The newest time a group has seen is its now, and its window reaches back
// from there by less than the timespan. Events may come late: one within the window stands where
// its time puts it; one before the window is not counted. Events of the same time stand in the
// order they came.
class CorrelationMemory {
 public:
  explicit CorrelationMemory(const Correlation& correlation) : correlation_(&correlation) {}

  // Takes a match in; what now fulfils the condition, or nothing. An exchange is counted once,
  // however often it is told; of amounts, what it says later replaces what it said. Without all
  // group-by facts (and the value's) an exchange belongs to no group and is not counted. In an
  // ordered correlation the match must be a step of the whole. Of the numbers of an amount, only
  // the newest kKeptEvents are told.
  [[nodiscard]] Correlated add(CountedEvent event, const FactIndex& index);

  // How many matches were forgotten for want of room while they could still have counted, since
  // this was last asked.
  [[nodiscard]] std::size_t take_forgotten() { return std::exchange(forgotten_, 0); }

 private:
  struct Group {
    std::vector<CountedEvent> events;  // by time
    AmountWindow amounts;              // of amounts, instead
    WallTime newest;
    WallTime known_from;  // since when no match of the group was forgotten
  };

  [[nodiscard]] bool key_of(std::size_t rule, const FactIndex& index, std::string& key) const;
  [[nodiscard]] bool read_values(const FactIndex& index, CountedEvent& event) const;
  Group& group(const std::string& key, WallTime time);
  void forget_a_group();
  [[nodiscard]] bool already_counted(const Group& group, const CountedEvent& event) const;
  [[nodiscard]] bool is_outdone(const Group& group, const CountedEvent& event) const;
  void remember(Group& group, CountedEvent event);
  [[nodiscard]] bool fulfilled(const Group& group, const CountedEvent& event) const;
  [[nodiscard]] bool completes_order(const Group& group, const CountedEvent& event) const;
  [[nodiscard]] Correlated add_amount(const CountedEvent& event, const Fact& value, Group& group);
  [[nodiscard]] WallTime begin_of_window(const Group& group) const {
    return group.newest - correlation_->timespan;
  }

  const Correlation* correlation_;
  std::unordered_map<std::string, Group> groups_;
  std::optional<WallTime> first_;       // of all events
  WallTime newest_;                     // likewise
  WallTime evicted_ = WallTime::min();  // the newest time of a group that had to go
  std::size_t forgotten_ = 0;
};

}  // namespace exotap
