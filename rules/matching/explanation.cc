#include "rules/matching/explanation.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace exotap {
namespace {

using Op = Clause::Op;

int first_line(const Clause& clause) {
  if (clause.op == Op::test) return clause.test->line;
  int line = clause.parts.empty() ? 0 : first_line(clause.parts.front());
  for (const Clause& part : clause.parts) line = std::min(line, first_line(part));
  return line;
}

// The detection has its parts in the order of their cost; people read them as they were written.
Clause joined(Op op, std::vector<Clause> parts) {
  std::vector<Clause> flat;
  for (Clause& part : parts) {
    const bool same = part.op == op && op != Op::none;
    if (same) {
      std::ranges::move(part.parts, std::back_inserter(flat));
    } else {
      flat.push_back(std::move(part));
    }
  }
  if (flat.size() == 1 && op != Op::none) {
    Clause only = std::move(flat.front());
    return only;
  }
  std::ranges::stable_sort(flat, {}, first_line);
  return {op, nullptr, std::move(flat)};
}

Clause clause_of(const Selection& selection) {
  if (selection.op == Selection::Op::test) return {Op::test, &selection.test, {}};
  std::vector<Clause> parts;
  for (const Selection& part : selection.parts) parts.push_back(clause_of(part));
  return joined(selection.op == Selection::Op::all ? Op::all : Op::any, std::move(parts));
}

Clause clause_of(const Condition& condition, const std::vector<Selection>& selections) {
  if (condition.op == Condition::Op::selection) return clause_of(selections[condition.selection]);
  std::vector<Clause> parts;
  for (const Condition& part : condition.parts) parts.push_back(clause_of(part, selections));
  if (condition.op != Condition::Op::negation) {
    return joined(condition.op == Condition::Op::all ? Op::all : Op::any, std::move(parts));
  }
  // "not any of" is "none of".
  Clause& only = parts.front();
  if (only.op == Op::any) {
    only.op = Op::none;
    Clause none = std::move(only);
    return none;
  }
  return joined(Op::none, std::move(parts));
}

// How many statements would have to change for it to fail; 0 where it does.
std::size_t hits(const Clause& clause, const FactIndex& index) {
  const auto each = [&](const auto& count) {
    std::vector<std::size_t> counts;
    for (const Clause& part : clause.parts) counts.push_back(count(part));
    return counts;
  };
  const auto least = [](const std::vector<std::size_t>& counts) {
    return counts.empty() ? std::size_t{1} : std::ranges::min(counts);
  };
  switch (clause.op) {
    case Op::test:
      return clause.test->matches(index) ? 1 : 0;
    case Op::all:
      return least(each([&](const Clause& part) { return hits(part, index); }));
    case Op::any: {
      std::size_t sum = 0;
      for (const std::size_t count : each([&](const Clause& part) { return hits(part, index); })) {
        sum += count;
      }
      return sum;
    }
    case Op::none:
      return least(each([&](const Clause& part) { return misses(part, index); }));
  }
  return 0;
}

// What can be said of a clause whatever the facts.
struct Prospect {
  bool may_hold;
  bool may_fail;
};

Prospect prospect(const Clause& clause) {
  if (clause.op == Op::test) {
    const FactTest& test = *clause.test;
    const bool of_keywords =
        test.kind == FactTest::Kind::any_keyword || test.kind == FactTest::Kind::every_keyword;
    const bool unanswered = (test.slots.empty() && !of_keywords) ||
                            (test.kind == FactTest::Kind::same_as && test.others.empty());
    if (!unanswered) return {true, true};
    const bool holds = (test.kind == FactTest::Kind::absent) != test.negated;
    return {holds, !holds};
  }
  bool all_may_hold = true, any_may_hold = false, all_may_fail = true, any_may_fail = false;
  for (const Clause& part : clause.parts) {
    const Prospect of_part = prospect(part);
    all_may_hold = all_may_hold && of_part.may_hold;
    any_may_hold = any_may_hold || of_part.may_hold;
    all_may_fail = all_may_fail && of_part.may_fail;
    any_may_fail = any_may_fail || of_part.may_fail;
  }
  if (clause.op == Op::all) return {all_may_hold, any_may_fail};
  if (clause.op == Op::any) return {any_may_hold, all_may_fail};
  return {all_may_fail, any_may_hold};
}

void put(const Clause& clause, std::size_t depth, std::string& out) {
  out.append(depth * 2, ' ');
  if (clause.op == Op::test) {
    out.append(clause.test->words).append("\n");
    return;
  }
  // A single statement that must not hold needs no list.
  if (clause.op == Op::none && clause.parts.size() == 1 && clause.parts.front().op == Op::test) {
    out.append("not: ").append(clause.parts.front().test->words).append("\n");
    return;
  }
  out.append(heading(clause)).append("\n");
  for (const Clause& part : clause.parts) put(part, depth + 1, out);
}

}  // namespace

Clause clauses_of(const Detection& detection) {
  return clause_of(detection.condition(), detection.selections());
}

bool holds(const Clause& clause, const FactIndex& index) {
  const auto held = [&](const Clause& part) { return holds(part, index); };
  switch (clause.op) {
    case Op::test:
      return clause.test->matches(index);
    case Op::all:
      return std::ranges::all_of(clause.parts, held);
    case Op::any:
      return std::ranges::any_of(clause.parts, held);
    case Op::none:
      return std::ranges::none_of(clause.parts, held);
  }
  return false;
}

std::size_t misses(const Clause& clause, const FactIndex& index) {
  if (clause.op == Op::test) return clause.test->matches(index) ? 0 : 1;
  std::size_t sum = 0;
  std::size_t least = clause.parts.empty() ? 0 : std::size_t{100'000};
  for (const Clause& part : clause.parts) {
    const std::size_t of_part = clause.op == Op::none ? hits(part, index) : misses(part, index);
    sum += of_part;
    least = std::min(least, of_part);
  }
  return clause.op == Op::any ? least : sum;
}

bool may_hold(const Clause& clause) { return prospect(clause).may_hold; }

std::vector<const FactTest*> never_answered(const Clause& clause) {
  std::vector<const FactTest*> found;
  if (clause.op == Op::test) {
    const Prospect of_test = prospect(clause);
    if (of_test.may_hold != of_test.may_fail) found.push_back(clause.test);
  }
  for (const Clause& part : clause.parts)
    std::ranges::copy(never_answered(part), std::back_inserter(found));
  return found;
}

std::string_view heading(const Clause& clause) {
  switch (clause.op) {
    case Op::test:
      return clause.test->words;
    case Op::all:
      return "all of:";
    case Op::any:
      return "any of:";
    case Op::none:
      return "none of:";
  }
  return {};
}

std::string to_text(const Clause& clause, std::size_t depth) {
  std::string out;
  put(clause, depth, out);
  return out;
}

}  // namespace exotap
