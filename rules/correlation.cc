#include "rules/correlation.h"

#include <algorithm>
#include <utility>

#include "rules/printable.h"

namespace exotap {
namespace {

using Type = Correlation::Type;

constexpr std::size_t kMaxKeyPart = 256;  // of one group-by value
constexpr std::size_t kMaxEventText = 256;

// Whether `later` makes `earlier` needless: of each value, or each rule, the newest is enough.
bool replaces(Type type, const CountedEvent& later, const CountedEvent& earlier) {
  if (type == Type::value_count) return later.text == earlier.text;
  return type == Type::temporal && later.rule == earlier.rule;
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

CorrelationMemory::Group& CorrelationMemory::group(const std::string& key, WallTime time) {
  const auto known = groups_.find(key);
  if (known != groups_.end()) return known->second;
  if (groups_.size() >= Correlation::kMaxGroups) {
    const auto older = [](const auto& a, const auto& b) {
      return a.second.newest < b.second.newest;
    };
    groups_.erase(std::min_element(groups_.begin(), groups_.end(), older));
  }
  Group& made = groups_[key];
  made.newest = time;
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

void CorrelationMemory::remember(Group& group, CountedEvent event) const {
  group.newest = std::max(group.newest, event.time);
  std::erase_if(group.events, [&](const CountedEvent& known) {
    return known.time <= group.newest - correlation_->timespan ||
           replaces(correlation_->type, event, known);
  });
  if (event.time > group.newest - correlation_->timespan) group.events.push_back(std::move(event));
  const std::size_t asked = correlation_->at_most == Correlation::kNoLimit
                                ? correlation_->at_least
                                : correlation_->at_most + 1;
  const std::size_t kept = std::max(asked, Correlation::kKeptEvents);
  if (group.events.size() > kept) group.events.erase(group.events.begin());
}

// Whether the rules' events came one after the other, each in an exchange of its own, the last of
// them just now.
bool CorrelationMemory::in_order(const Group& group) const {
  if (group.events.back().rule + 1 != correlation_->rule_count) return false;
  std::size_t expected = 0;
  std::uint64_t last_exchange = 0;
  for (const CountedEvent& event : group.events) {
    const bool own_exchange = expected == 0 || event.exchange_id != last_exchange;
    if (event.rule != expected || !own_exchange) continue;
    last_exchange = event.exchange_id;
    if (++expected == correlation_->rule_count) return true;
  }
  return false;
}

bool CorrelationMemory::fulfilled(const Group& group) const {
  if (group.events.empty()) return false;
  if (correlation_->type == Type::temporal_ordered) return in_order(group);
  const std::size_t count = group.events.size();
  return count >= correlation_->at_least && count <= correlation_->at_most &&
         count != correlation_->other_than;
}

Correlated CorrelationMemory::add_amount(const CountedEvent& event, const Fact& value,
                                         Group& group) {
  group.newest = std::max(group.newest, event.time);
  group.amounts.add({event.time, event.exchange_id, value.number}, correlation_->timespan);
  if (group.amounts.empty()) return {};
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
    out.events.push_back({samples[i].time, samples[i].exchange_id, event.rule,
                          std::string(value.spec->name), std::to_string(samples[i].value)});
  }
  return out;
}

Correlated CorrelationMemory::add(CountedEvent event, const FactIndex& index) {
  const bool of_amounts = correlation_->is_of_amounts();
  if (of_amounts && !index.has(correlation_->value)) return {};
  if (correlation_->type == Type::value_count) {
    if (!index.has(correlation_->value)) return {};
    const Fact& value = index.at(index.first(correlation_->value));
    event.field = std::string(value.spec->name);
    event.text = std::string(value.text);
  }
  event.text = std::string(cut_utf8(event.text, kMaxEventText));
  std::string key;
  if (!key_of(event.rule, index, key)) return {};
  Group& where = group(key, event.time);
  if (of_amounts) return add_amount(event, index.at(index.first(correlation_->value)), where);
  if (already_counted(where, event)) return {};
  remember(where, std::move(event));
  if (!fulfilled(where)) return {};
  return {where.events, where.events.size(), {}};
}

}  // namespace exotap
