// A detection as people read it: a tree of plain statements, in the order written. `exotap rules
// show` prints it; with the facts of an exchange it says which of them hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/matching/detection.h"

namespace exotap {

// A statement, or several joined. Points into the detection it was made from.
struct Clause {
  enum class Op : std::uint8_t { test, all, any, none };

  Op op = Op::all;
  const FactTest* test = nullptr;  // of a test
  std::vector<Clause> parts;       // of the others; none: not one of them holds
};

// Groups of one part are that part, and groups within a group of the same kind are one with it.
[[nodiscard]] Clause clauses_of(const Detection& detection);

[[nodiscard]] bool holds(const Clause& clause, const FactIndex& index);
// How many statements would have to be otherwise for it to hold; 0 where it does.
[[nodiscard]] std::size_t misses(const Clause& clause, const FactIndex& index);
// Whether any facts at all could make it hold. They cannot where it wants a field that is never
// available here.
[[nodiscard]] bool may_hold(const Clause& clause);
// The statements that ask for such a field, in the order written.
[[nodiscard]] std::vector<const FactTest*> never_answered(const Clause& clause);

// "all of:", "any of:", "none of:"; a test's own words.
[[nodiscard]] std::string_view heading(const Clause& clause);
// The tree, a line each, two blanks deeper with every level, from `depth` on. Ends with a line end.
[[nodiscard]] std::string to_text(const Clause& clause, std::size_t depth);

}  // namespace exotap
