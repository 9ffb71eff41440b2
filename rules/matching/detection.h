// A rule's detection, compiled: its selections, and the condition that joins them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/matching/condition.h"
#include "rules/matching/fact_test.h"

namespace exotap {

// A search identifier. A map is `all` of its items, a list of maps `any` of them.
struct Selection {
  enum class Op : std::uint8_t { test, all, any };

  Op op = Op::test;
  FactTest test;
  std::vector<Selection> parts;

  [[nodiscard]] bool matches(const FactIndex& index) const;
};

// Immutable once made, so any number of threads may match with it.
class Detection {
 public:
  Detection() = default;
  // Orders tests so that cheap ones decide first; the outcome does not depend on the order.
  Detection(std::vector<Selection> selections, Condition condition);

  [[nodiscard]] bool matches(const FactIndex& index) const {
    return condition_.evaluate([&](std::size_t i) { return selections_[i].matches(index); });
  }
  // After a match: the facts that made it true, in the order the rule speaks of them, each once.
  [[nodiscard]] std::vector<Fact> evidence(const FactIndex& index) const;
  // The facts without which it cannot match, in ascending order.
  [[nodiscard]] const std::vector<Slot>& required() const { return required_; }
  // What it is made of, its parts in the order of their cost: for gate.h and explanation.h.
  [[nodiscard]] const std::vector<Selection>& selections() const { return selections_; }
  [[nodiscard]] const Condition& condition() const { return condition_; }
  // Whether it speaks of the fact in `slot` anywhere.
  [[nodiscard]] bool mentions(Slot slot) const;

 private:
  std::vector<Selection> selections_;
  Condition condition_;
  std::vector<Slot> required_;
};

}  // namespace exotap
