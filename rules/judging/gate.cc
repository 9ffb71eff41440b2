#include "rules/judging/gate.h"

#include <algorithm>
#include <set>
#include <utility>

namespace exotap {
namespace {

using Keys = std::vector<GateKey>;

constexpr std::size_t kWeightOfAlways = std::size_t{1} << 40;
constexpr std::size_t kWeightOfStated = 8;  // a fact with any value, beside one value of it

const Gate kAlways{true, {}};

GateKey stated(Slot slot) { return {slot, GateKey::How::stated, 0, {}}; }

GateKey key_of(const ValueMatch& value, Slot slot) {
  if (const auto number = value.only_number()) return {slot, GateKey::How::number, *number, {}};
  if (auto text = value.only_text()) return {slot, GateKey::How::text, 0, std::move(*text)};
  if (auto part = value.needed_part(); part.size() >= kLeastPart) {
    return {slot, GateKey::How::part, 0, std::move(part)};
  }
  return stated(slot);
}

// Weighs gates, and derives those of conditions from those of their parts.
class GateFinder {
 public:
  explicit GateFinder(const KeyCounts& counts) : counts_(counts) {}

  Gate of(const Condition& condition, const std::vector<Selection>& selections) const {
    switch (condition.op) {
      case Condition::Op::selection:
        return of(selections[condition.selection]);
      case Condition::Op::negation:
        return kAlways;
      case Condition::Op::all:
        return lightest(condition.parts, [&](const auto& part) { return of(part, selections); });
      case Condition::Op::any:
        return joined(condition.parts, [&](const auto& part) { return of(part, selections); });
    }
    return kAlways;
  }

 private:
  Gate of(const Selection& selection) const {
    switch (selection.op) {
      case Selection::Op::test:
        return of(selection.test);
      case Selection::Op::all:
        return lightest(selection.parts, [&](const auto& part) { return of(part); });
      case Selection::Op::any:
        return joined(selection.parts, [&](const auto& part) { return of(part); });
    }
    return kAlways;
  }

  Gate of(const FactTest& test) const {
    if (test.negated) return kAlways;
    switch (test.kind) {
      case FactTest::Kind::absent:
      case FactTest::Kind::any_keyword:
      case FactTest::Kind::every_keyword:
        return kAlways;
      case FactTest::Kind::present:
      case FactTest::Kind::same_as:
        return of_stated(test);
      case FactTest::Kind::any_value:
        return lighter(of_stated(test), joined(test.values, [&](const ValueMatch& value) {
                         return of_value(test, value);
                       }));
      case FactTest::Kind::every_value:
        return lightest(test.values,
                        [&](const ValueMatch& value) { return of_value(test, value); });
    }
    return kAlways;
  }

  static Gate of_stated(const FactTest& test) {
    Gate gate;
    for (const Slot slot : test.slots) gate.keys.push_back(stated(slot));
    return gate;
  }

  static Gate of_value(const FactTest& test, const ValueMatch& value) {
    Gate gate;
    for (const Slot slot : test.slots) gate.keys.push_back(key_of(value, slot));
    return gate;
  }

  std::size_t weight(const Gate& gate) const {
    if (gate.always) return kWeightOfAlways;
    std::size_t total = 0;
    for (const GateKey& key : gate.keys) total += counts_.weight(key);
    return total;
  }

  Gate lighter(Gate a, Gate b) const { return weight(b) < weight(a) ? b : a; }

  // Where all parts must hold, each of their gates is one of the whole.
  template <typename Parts, typename Of>
  Gate lightest(const Parts& parts, const Of& of_part) const {
    Gate best = kAlways;
    for (const auto& part : parts) best = lighter(std::move(best), of_part(part));
    return best;
  }

  // Where any part may hold, the whole needs what one of them needs.
  template <typename Parts, typename Of>
  Gate joined(const Parts& parts, const Of& of_part) const {
    Gate all;
    for (const auto& part : parts) {
      Gate gate = of_part(part);
      if (gate.always) return kAlways;
      std::ranges::move(gate.keys, std::back_inserter(all.keys));
    }
    std::ranges::sort(all.keys);
    all.keys.erase(std::unique(all.keys.begin(), all.keys.end()), all.keys.end());
    return all;
  }

  const KeyCounts& counts_;
};

void collect(const Selection& selection, std::set<GateKey>& keys) {
  const FactTest& test = selection.test;
  if (selection.op == Selection::Op::test) {
    for (const Slot slot : test.slots) {
      keys.insert(stated(slot));
      for (const ValueMatch& value : test.values) keys.insert(key_of(value, slot));
    }
  }
  for (const Selection& part : selection.parts) collect(part, keys);
}

}  // namespace

void KeyCounts::count(const Detection& detection) {
  std::set<GateKey> keys;
  for (const Selection& selection : detection.selections()) collect(selection, keys);
  for (const GateKey& key : keys) ++counts_[key];
}

std::size_t KeyCounts::weight(const GateKey& key) const {
  const auto found = counts_.find(key);
  const std::size_t count = found == counts_.end() ? 0 : found->second;
  return key.how == GateKey::How::stated ? kWeightOfStated + count : count;
}

Gate gate_of(const Detection& detection, const KeyCounts& counts) {
  return GateFinder(counts).of(detection.condition(), detection.selections());
}

}  // namespace exotap
