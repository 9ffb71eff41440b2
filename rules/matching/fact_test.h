// One item of a detection: a field, and what its values must be.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/matching/fact_index.h"
#include "rules/matching/value_match.h"

namespace exotap {

// Immutable once read. Tests see every value of a fact: a fact stated twice matches if any of its
// values does.
struct FactTest {
  enum class Kind : std::uint8_t {
    present,        // the fact is stated
    absent,         // it is not
    any_value,      // a value matches one of `values`
    every_value,    // each of `values` is matched by some value of the fact
    same_as,        // a value equals one of the `others`, or has it as a part
    any_keyword,    // one of `values` is found in some fact, whichever
    every_keyword,  // each of `values` is
  };

  Kind kind = Kind::any_value;
  bool negated = false;
  bool cased = false;                            // of same_as
  Pattern::Where where = Pattern::Where::whole;  // likewise: which part
  std::vector<Slot> slots;   // the fact; two where a Sigma field is held by either; none where
                             // it is never available
  std::vector<Slot> others;  // of same_as
  std::vector<ValueMatch> values;
  int line = 0;       // where it is written
  std::string words;  // what it asks, for people: "url.port is 443"

  [[nodiscard]] bool matches(const FactIndex& index) const { return holds(index) != negated; }
  // The values that made it true; none for what is true by absence.
  void evidence(const FactIndex& index, std::vector<Fact>& out) const;
  // A rank for ordering tests: cheaper ones first.
  [[nodiscard]] int cost() const;
  // Whether it can only be true where its one fact is stated.
  [[nodiscard]] bool needs_its_fact() const;

 private:
  [[nodiscard]] bool holds(const FactIndex& index) const;
};

}  // namespace exotap
