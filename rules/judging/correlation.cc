#include "rules/judging/correlation.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "rules/words/printable.h"

namespace exotap {
namespace {

using Type = Correlation::Type;

constexpr std::size_t kMaxKeyPart = 256;  // of one group-by value
constexpr std::size_t kMaxEventText = 256;
// Between the values of a combination, and in none of them; it shows as a blank.
constexpr char kBetweenValues = '\x1f';

// Whether of two such events only the newer counts: of each value, or each rule.
bool are_alike(Type type, const CountedEvent& a, const CountedEvent& b) {
  if (type == Type::value_count) return a.distinct == b.distinct;
  return type == Type::temporal && a.rule == b.rule;
}

// The exchanges that a step of an ordered correlation can have ended with. Two of them are enough
// to know whether the next step, in another exchange, can follow.
class Ends {
 public:
  void add(std::uint64_t exchange) {
    if (count_ == 2 || (count_ == 1 && exchanges_[0] == exchange)) return;
    exchanges_[count_++] = exchange;
  }
  [[nodiscard]] bool any_but(std::uint64_t exchange) const {
    return count_ == 2 || (count_ == 1 && exchanges_[0] != exchange);
  }
  [[nodiscard]] bool empty() const { return count_ == 0; }

 private:
  std::array<std::uint64_t, 2> exchanges_{};
  std::size_t count_ = 0;
};

using Steps = std::array<Ends, Correlation::kMaxRules>;

// Goes through events in their order; `steps` says where each step can have ended so far.
void follow(std::span<const CountedEvent> events, Steps& steps) {
  for (const CountedEvent& event : events) {
    const bool begins = event.rule == 0;
    if (begins || steps[event.rule - 1].any_but(event.exchange_id)) {
      steps[event.rule].add(event.exchange_id);
    }
  }
}

}  // namespace

bool CorrelationMemory::key_of(std::size_t rule, const FactIndex& index, std::string& key) const {
  for (const Correlation::FactByRule& slots : correlation_->group_by) {
    const Slot slot = slots[rule];
    if (!index.has(slot)) return false;
    key += cut_utf8(index.at(index.first(slot)).text, kMaxKeyPart);
    key += '\0';
  }
  return true;
}

// The group longest without an event. What it held that was still in the window is lost.
void CorrelationMemory::forget_a_group() {
  const auto older = [](const auto& a, const auto& b) { return a.second.newest < b.second.newest; };
  const auto oldest = std::min_element(groups_.begin(), groups_.end(), older);
  const WallTime begin = newest_ - correlation_->timespan;
  const std::size_t lost =
      static_cast<std::size_t>(std::ranges::count_if(
          oldest->second.events, [&](const CountedEvent& e) { return e.time > begin; })) +
      static_cast<std::size_t>(
          std::ranges::count_if(oldest->second.amounts.samples(),
                                [&](const AmountWindow::Sample& s) { return s.time > begin; }));
  forgotten_ += lost;
  if (lost > 0) evicted_ = std::max(evicted_, oldest->second.newest);
  groups_.erase(oldest);
}

CorrelationMemory::Group& CorrelationMemory::group(const std::string& key, WallTime time) {
  const auto known = groups_.find(key);
  if (known != groups_.end()) return known->second;
  if (groups_.size() >= Correlation::kMaxGroups) forget_a_group();
  Group& made = groups_[key];
  made.newest = time;
  // It may be one of those that had to go.
  made.known_from = std::max(*first_, evicted_);
  return made;
}

// A waiting exchange is told early and again when it ends; it is one event all the same.
bool CorrelationMemory::already_counted(const Group& group, const CountedEvent& event) const {
  const bool by_rule =
      correlation_->type == Type::temporal || correlation_->type == Type::temporal_ordered;
  return std::ranges::any_of(group.events, [&](const CountedEvent& known) {
    return known.exchange_id == event.exchange_id && (!by_rule || known.rule == event.rule);
  });
}

// Whether a newer event like this one is known: this one came late.
bool CorrelationMemory::is_outdone(const Group& group, const CountedEvent& event) const {
  return std::ranges::any_of(group.events, [&](const CountedEvent& known) {
    return known.time > event.time && are_alike(correlation_->type, known, event);
  });
}

void CorrelationMemory::remember(Group& group, CountedEvent event) {
  group.newest = std::max(group.newest, event.time);
  const bool counts = event.time > begin_of_window(group) && !is_outdone(group, event);
  std::erase_if(group.events, [&](const CountedEvent& known) {
    return known.time <= begin_of_window(group) ||
           (counts && are_alike(correlation_->type, event, known));
  });
  if (!counts) return;
  const auto place = std::ranges::upper_bound(group.events, event.time, {}, &CountedEvent::time);
  group.events.insert(place, std::move(event));
  std::size_t asked = correlation_->at_most == Correlation::kNoLimit ? correlation_->at_least
                                                                     : correlation_->at_most + 1;
  if (correlation_->other_than) asked = std::max(asked, *correlation_->other_than + 1);
  if (group.events.size() <= std::max(asked, Correlation::kKeptEvents)) return;
  group.events.erase(group.events.begin());
  // A count is as large without its oldest; an order may have lost its first step.
  if (correlation_->type == Type::temporal_ordered) ++forgotten_;
}

// Whether there are events of all rules, in their order and each in another exchange than the one
// before it, and `event` is one of them.
bool CorrelationMemory::completes_order(const Group& group, const CountedEvent& event) const {
  const auto self = std::ranges::find_if(group.events, [&](const CountedEvent& known) {
    return known.exchange_id == event.exchange_id && known.rule == event.rule;
  });
  if (self == group.events.end()) return false;
  Steps before;
  follow({group.events.begin(), self}, before);
  if (event.rule > 0 && !before[event.rule - 1].any_but(event.exchange_id)) return false;
  Steps after;
  after[event.rule].add(event.exchange_id);
  for (auto next = self + 1; next != group.events.end(); ++next) {
    if (next->rule > event.rule) follow({next, next + 1}, after);
  }
  return !after[correlation_->rule_count - 1].empty();
}

bool CorrelationMemory::fulfilled(const Group& group, const CountedEvent& event) const {
  if (group.events.empty()) return false;
  if (correlation_->type == Type::temporal_ordered) return completes_order(group, event);
  if (correlation_->only_whole_windows && group.known_from > begin_of_window(group)) return false;
  const std::size_t count = group.events.size();
  return count >= correlation_->at_least && count <= correlation_->at_most &&
         count != correlation_->other_than;
}

Correlated CorrelationMemory::add_amount(const CountedEvent& event, const Fact& value,
                                         Group& group) {
  group.newest = std::max(group.newest, event.time);
  forgotten_ +=
      group.amounts.add({event.time, event.exchange_id, value.number}, correlation_->timespan);
  if (group.amounts.empty()) return {};
  if (correlation_->only_whole_windows && group.known_from > begin_of_window(group)) return {};
  Amount amount;
  if (correlation_->type == Type::value_percentile) {
    amount = group.amounts.percentile(correlation_->percentile);
  } else {
    amount = correlation_->type == Type::value_sum ? group.amounts.sum() : group.amounts.average();
  }
  const auto holds = [&](const AmountTest& test) { return test.holds(amount); };
  if (!std::ranges::all_of(correlation_->amount_tests, holds)) return {};
  Correlated out{{}, group.amounts.size(), to_text(amount)};
  const auto& samples = group.amounts.samples();
  const std::size_t told = std::min(samples.size(), Correlation::kKeptEvents);
  for (std::size_t i = samples.size() - told; i < samples.size(); ++i) {
    out.events.push_back({samples[i].time,
                          samples[i].exchange_id,
                          event.rule,
                          std::string(value.spec->name),
                          std::to_string(samples[i].value),
                          {}});
  }
  return out;
}

// False where one of them was not stated.
bool CorrelationMemory::read_values(const FactIndex& index, CountedEvent& event) const {
  if (!index.has(correlation_->value)) return false;
  if (correlation_->is_of_amounts()) return true;
  const Fact& value = index.at(index.first(correlation_->value));
  event.field = std::string(value.spec->name);
  event.text = std::string(value.text);
  const auto part = [&](Slot slot) {
    std::string text(cut_utf8(index.at(index.first(slot)).text, kMaxEventText));
    if (!correlation_->more_values.empty()) std::ranges::replace(text, kBetweenValues, ' ');
    return text;
  };
  event.distinct = part(correlation_->value);
  for (const Slot slot : correlation_->more_values) {
    if (!index.has(slot)) return false;
    event.distinct += kBetweenValues + part(slot);
  }
  return true;
}

Correlated CorrelationMemory::add(CountedEvent event, const FactIndex& index) {
  const bool of_amounts = correlation_->is_of_amounts();
  const bool of_values = of_amounts || correlation_->type == Type::value_count;
  if (of_values && !read_values(index, event)) return {};
  event.text = std::string(cut_utf8(event.text, kMaxEventText));
  std::string key;
  if (!key_of(event.rule, index, key)) return {};
  if (!first_) first_ = newest_ = event.time;
  newest_ = std::max(newest_, event.time);
  Group& where = group(key, event.time);
  if (of_amounts) return add_amount(event, index.at(index.first(correlation_->value)), where);
  if (already_counted(where, event)) return {};
  remember(where, event);
  if (!fulfilled(where, event)) return {};
  return {where.events, where.events.size(), {}};
}

}  // namespace exotap
