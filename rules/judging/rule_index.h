// Which rules an exchange may concern: an index from what it states to the rules whose gate it
// opens.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/judging/gate.h"
#include "rules/judging/part_finder.h"
#include "rules/matching/fact_index.h"

namespace exotap {

// Numbers below a fixed size, each in or out. Keeps its memory.
class NumberSet {
 public:
  void clear(std::size_t size) { words_.assign((size + 63) / 64, 0); }
  void insert(std::size_t number) { words_[number / 64] |= std::uint64_t{1} << (number % 64); }
  void insert_all(const NumberSet& others) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= others.words_[i];
  }
  // Calls see(number) for each, ascending.
  template <typename See>
  void each(const See& see) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
        see(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
      }
    }
  }

 private:
  std::vector<std::uint64_t> words_;
};

// Immutable once made, so any number of threads may ask.
class RuleIndex {
 public:
  RuleIndex() = default;
  // `gates[i]` is that of the rule numbered i; `slots` the number of slots.
  RuleIndex(const std::vector<Gate>& gates, std::size_t slots);

  [[nodiscard]] std::size_t size() const { return size_; }
  // Sets `out` to the rules that may match; those left out cannot.
  void find(const FactIndex& stated, NumberSet& out) const;

 private:
  using Rules = std::vector<std::uint32_t>;
  // What rules ask of one fact.
  struct Asked {
    Rules stated;
    std::unordered_map<std::int64_t, Rules> numbers;
    std::unordered_map<std::uint64_t, Rules> texts;  // by hash: a stranger's costs one vain try
    PartFinder parts;
    bool by_value = false;  // one of the three is not empty
  };

  void add(const GateKey& key, std::uint32_t rule);

  std::size_t size_ = 0;
  NumberSet always_;
  std::vector<std::uint32_t> place_;  // by slot: in asked_, plus one; 0 where no gate asks for it
  std::vector<Asked> asked_;
};

}  // namespace exotap
