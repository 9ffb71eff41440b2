// One exchange's facts, laid out so that a rule finds the values of a fact without a search.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "decoders/facts.h"

namespace exotap {

// The number of a fact among those that some rule reads.
using Slot = std::uint16_t;

// Numbers the facts that rules read. Filled while rules load, then only read.
class SlotTable {
 public:
  SlotTable();

  // The fact's slot; a new one where it has none yet. Facts are few: the program's own vocabulary.
  Slot add(const FactSpec& spec);
  [[nodiscard]] std::size_t size() const { return specs_.size(); }
  [[nodiscard]] const FactSpec& spec(Slot slot) const { return *specs_[slot]; }
  // kNoSlot where no rule reads the fact.
  [[nodiscard]] Slot find(const FactSpec* spec) const {
    for (std::size_t at = home(*spec);; at = (at + 1) & (table_.size() - 1)) {
      if (table_[at].spec == spec) return table_[at].slot;
      if (table_[at].spec == nullptr) return kNoSlot;
    }
  }
  static constexpr Slot kNoSlot = std::numeric_limits<Slot>::max();

 private:
  struct Entry {
    const FactSpec* spec = nullptr;
    Slot slot = kNoSlot;
  };
  [[nodiscard]] std::size_t home(const FactSpec& spec) const {
    return Facts::hash_of(spec) & (table_.size() - 1);
  }
  void insert(const FactSpec* spec, Slot slot);

  std::vector<const FactSpec*> specs_;
  std::vector<Entry> table_;  // open addressing, a power of two, at most a quarter full
};

// Filled again for every exchange; keeps its memory, so that a filling allocates nothing once it
// has seen the largest. The texts belong to the Facts it was filled from.
class FactIndex {
 public:
  static constexpr std::uint16_t kNone = std::numeric_limits<std::uint16_t>::max();

  void fill(const SlotTable& slots, const Facts& facts);
  // States one more value, as the composed facts of taxonomy.h are. `text` must outlive the
  // filling.
  void add(Slot slot, const Fact& fact);

  [[nodiscard]] bool has(Slot slot) const { return first_[slot] != kNone; }
  // Values of one fact, in the order stated: from first() along next() until kNone.
  [[nodiscard]] std::uint16_t first(Slot slot) const { return first_[slot]; }
  [[nodiscard]] std::uint16_t next(std::uint16_t value) const { return values_[value].next; }
  [[nodiscard]] Fact at(std::uint16_t value) const {
    const std::size_t place = values_[value].place;
    return place < Facts::kMaxFacts ? (*facts_)[place] : added_[place - Facts::kMaxFacts];
  }
  // Calls see(Slot, std::uint16_t value) for every value of every fact: few are worth a look.
  template <typename See>
  void each(const See& see) const {
    for (std::size_t i = 0; i < count_; ++i) see(values_[i].slot, static_cast<std::uint16_t>(i));
  }
  // All facts, also those no rule reads: for keyword searches.
  [[nodiscard]] const Facts& facts() const { return *facts_; }

 private:
  struct Value {
    std::uint16_t place = 0;  // in the Facts; from kMaxFacts on: in added_
    Slot slot = 0;
    std::uint16_t next = kNone;
  };
  void push(std::size_t place, Slot slot);

  std::vector<std::uint16_t> first_;  // by slot
  std::vector<Value> values_;         // the first count_ of them
  std::size_t count_ = 0;
  std::vector<Fact> added_;
  const Facts* facts_ = nullptr;
};

}  // namespace exotap
