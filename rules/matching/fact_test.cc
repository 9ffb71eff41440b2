#include "rules/matching/fact_test.h"

#include <algorithm>

#include "rules/words/letter_case.h"

namespace exotap {
namespace {

// Calls see(Fact) for every value of the slots until it says true.
template <typename See>
bool any_of_values(const FactIndex& index, const std::vector<Slot>& slots, See see) {
  for (const Slot slot : slots) {
    for (auto at = index.first(slot); at != FactIndex::kNone; at = index.next(at)) {
      if (see(index.at(at))) return true;
    }
  }
  return false;
}

template <typename See>
bool any_of_texts(const Facts& facts, See see) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact fact = facts[i];
    if (fact.spec->type == FactType::text && see(fact)) return true;
  }
  return false;
}

bool matches_any(const std::vector<ValueMatch>& values, const Fact& fact) {
  return std::ranges::any_of(values, [&](const ValueMatch& v) { return v.matches(fact); });
}

bool same_text(std::string_view a, std::string_view b, bool cased) {
  return cased ? a == b : same_but_for_case(a, b);
}

// Whether `part` stands in `text` where it should. An empty text is a part of everything, so it is
// taken for none.
bool refers_to(std::string_view text, std::string_view part, Pattern::Where where, bool cased) {
  if (where == Pattern::Where::whole) return same_text(text, part, cased);
  if (part.empty() || part.size() > text.size()) return false;
  const std::size_t last = text.size() - part.size();
  if (where == Pattern::Where::start) return same_text(text.substr(0, part.size()), part, cased);
  if (where == Pattern::Where::end) return same_text(text.substr(last), part, cased);
  for (std::size_t at = 0; at <= last; ++at) {
    if (same_text(text.substr(at, part.size()), part, cased)) return true;
  }
  return false;
}

}  // namespace

bool FactTest::holds(const FactIndex& index) const {
  const auto stated = [&](Slot slot) { return index.has(slot); };
  const auto found = [&](const ValueMatch& value) {
    return any_of_values(index, slots, [&](const Fact& fact) { return value.matches(fact); });
  };
  const auto keyword_found = [&](const ValueMatch& value) {
    return any_of_texts(index.facts(), [&](const Fact& fact) { return value.matches(fact); });
  };
  switch (kind) {
    case Kind::present:
      return std::ranges::any_of(slots, stated);
    case Kind::absent:
      return std::ranges::none_of(slots, stated);
    case Kind::any_value:
      return any_of_values(index, slots,
                           [&](const Fact& fact) { return matches_any(values, fact); });
    case Kind::every_value:
      return std::ranges::all_of(values, found);
    case Kind::same_as:
      return any_of_values(index, slots, [&](const Fact& fact) {
        return any_of_values(index, others, [&](const Fact& other) {
          return refers_to(fact.text, other.text, where, cased);
        });
      });
    case Kind::any_keyword:
      return std::ranges::any_of(values, keyword_found);
    case Kind::every_keyword:
      return std::ranges::all_of(values, keyword_found);
  }
  return false;
}

void FactTest::evidence(const FactIndex& index, std::vector<Fact>& out) const {
  const auto keep = [&](const Fact& fact) {
    out.push_back(fact);
    return false;
  };
  const auto keep_if_matched = [&](const Fact& fact) {
    if (matches_any(values, fact)) out.push_back(fact);
    return false;
  };
  if (kind == Kind::absent) return;
  // What differs from the given value is worth showing, if it is there at all.
  if (negated || kind == Kind::present) {
    any_of_values(index, slots, keep);
  } else if (kind == Kind::same_as) {
    any_of_values(index, slots, keep);
    any_of_values(index, others, keep);
  } else if (kind == Kind::any_keyword || kind == Kind::every_keyword) {
    any_of_texts(index.facts(), keep_if_matched);
  } else {
    any_of_values(index, slots, keep_if_matched);
  }
}

int FactTest::cost() const {
  if (kind == Kind::present || kind == Kind::absent) return 0;
  int total = 1;
  for (const ValueMatch& value : values) total += value.cost();
  constexpr int kEveryText = 50;
  return kind == Kind::any_keyword || kind == Kind::every_keyword ? total * kEveryText : total;
}

bool FactTest::needs_its_fact() const {
  return !negated && slots.size() == 1 && kind != Kind::absent;
}

}  // namespace exotap
