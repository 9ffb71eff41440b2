#include "rules/matching/detection.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace exotap {
namespace {

using Slots = std::vector<Slot>;

// Sorts parts by cost, deepest first; returns the cost of the whole.
int order(Selection& selection) {
  if (selection.op == Selection::Op::test) return selection.test.cost();
  std::vector<std::pair<int, std::size_t>> ranks;
  int total = 1;
  for (std::size_t i = 0; i < selection.parts.size(); ++i) {
    ranks.emplace_back(order(selection.parts[i]), i);
    total += ranks.back().first;
  }
  std::ranges::sort(ranks);
  std::vector<Selection> sorted;
  for (const auto& [cost, i] : ranks) sorted.push_back(std::move(selection.parts[i]));
  selection.parts = std::move(sorted);
  return total;
}

int order(Condition& condition, const std::vector<int>& costs) {
  if (condition.op == Condition::Op::selection) return costs[condition.selection];
  std::vector<std::pair<int, std::size_t>> ranks;
  int total = 1;
  for (std::size_t i = 0; i < condition.parts.size(); ++i) {
    ranks.emplace_back(order(condition.parts[i], costs), i);
    total += ranks.back().first;
  }
  std::ranges::sort(ranks);
  std::vector<Condition> sorted;
  for (const auto& [cost, i] : ranks) sorted.push_back(std::move(condition.parts[i]));
  condition.parts = std::move(sorted);
  return total;
}

Slots both(const Slots& a, const Slots& b) {
  Slots out;
  std::ranges::set_union(a, b, std::back_inserter(out));
  return out;
}

Slots common(const Slots& a, const Slots& b) {
  Slots out;
  std::ranges::set_intersection(a, b, std::back_inserter(out));
  return out;
}

// Joins what the parts need: all of it where all must hold, else what every part needs.
template <typename Parts, typename Needs>
Slots joined(const Parts& parts, bool all, const Needs& needs) {
  Slots out;
  bool first = true;
  for (const auto& part : parts) {
    const Slots of_part = needs(part);
    out = first ? of_part : all ? both(out, of_part) : common(out, of_part);
    first = false;
  }
  return out;
}

Slots needed(const Selection& selection) {
  if (selection.op == Selection::Op::test) {
    return selection.test.needs_its_fact() ? selection.test.slots : Slots{};
  }
  return joined(selection.parts, selection.op == Selection::Op::all,
                [](const Selection& part) { return needed(part); });
}

Slots needed(const Condition& condition, const std::vector<Selection>& selections) {
  if (condition.op == Condition::Op::selection) return needed(selections[condition.selection]);
  if (condition.op == Condition::Op::negation) return {};
  return joined(condition.parts, condition.op == Condition::Op::all,
                [&](const Condition& part) { return needed(part, selections); });
}

void collect(const Selection& selection, const FactIndex& index,
             std::vector<const FactTest*>& tests) {
  if (!selection.matches(index)) return;
  if (selection.op == Selection::Op::test) tests.push_back(&selection.test);
  for (const Selection& part : selection.parts) collect(part, index, tests);
}

// Nothing under a negation is evidence: there, what is true is that nothing was found.
void collect(const Condition& condition, const std::vector<Selection>& selections,
             const FactIndex& index, std::vector<const FactTest*>& tests) {
  const auto holds = [&](std::size_t i) { return selections[i].matches(index); };
  if (condition.op == Condition::Op::selection) {
    collect(selections[condition.selection], index, tests);
  } else if (condition.op != Condition::Op::negation && condition.evaluate(holds)) {
    for (const Condition& part : condition.parts) collect(part, selections, index, tests);
  }
}

bool mentions_slot(const Selection& selection, Slot slot) {
  const auto has = [&](const Slots& slots) {
    return std::ranges::find(slots, slot) != slots.end();
  };
  if (has(selection.test.slots) || has(selection.test.others)) return true;
  return std::ranges::any_of(selection.parts,
                             [&](const Selection& part) { return mentions_slot(part, slot); });
}

}  // namespace

bool Selection::matches(const FactIndex& index) const {
  const auto holds = [&](const Selection& part) { return part.matches(index); };
  switch (op) {
    case Op::test:
      return test.matches(index);
    case Op::all:
      return std::ranges::all_of(parts, holds);
    case Op::any:
      return std::ranges::any_of(parts, holds);
  }
  return false;
}

Detection::Detection(std::vector<Selection> selections, Condition condition)
    : selections_(std::move(selections)), condition_(std::move(condition)) {
  std::vector<int> costs;
  for (Selection& selection : selections_) costs.push_back(order(selection));
  order(condition_, costs);
  required_ = needed(condition_, selections_);
}

std::vector<Fact> Detection::evidence(const FactIndex& index) const {
  std::vector<const FactTest*> tests;
  collect(condition_, selections_, index, tests);
  std::ranges::stable_sort(tests, {}, &FactTest::line);
  std::vector<Fact> found;
  for (const FactTest* test : tests) test->evidence(index, found);
  std::vector<Fact> once;
  for (const Fact& fact : found) {
    const bool known = std::ranges::any_of(
        once, [&](const Fact& f) { return f.spec == fact.spec && f.text == fact.text; });
    if (!known) once.push_back(fact);
  }
  return once;
}

bool Detection::mentions(Slot slot) const {
  return std::ranges::any_of(selections_,
                             [&](const Selection& s) { return mentions_slot(s, slot); });
}

}  // namespace exotap
