// Finds which of many texts may stand somewhere in another, in one pass over it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "rules/words/letter_case.h"

namespace exotap {

// Every part is known by four of its bytes, those that the fewest parts share. Where the four
// stand, the part may; where they do not, it does not. Filled, built, then only read.
class PartFinder {
 public:
  static constexpr std::size_t kGram = 4;

  // `part` in lower case and of kGram bytes at least; `who` is told where it may stand.
  void add(std::string part, std::uint32_t who) { parts_.emplace_back(std::move(part), who); }
  void build();
  [[nodiscard]] bool empty() const { return grams_.empty(); }

  // Calls found(who) for every part that may stand in `text`, whatever the case of its letters;
  // perhaps several times.
  template <typename Found>
  void find(std::string_view text, const Found& found) const {
    std::uint32_t gram = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      gram = (gram << 8U) | static_cast<unsigned char>(fold_case(text[i]));
      if (i + 1 < kGram || !may_know(gram)) continue;
      const auto known = grams_.find(gram);
      if (known == grams_.end()) continue;
      for (const std::uint32_t who : known->second) found(who);
    }
  }

 private:
  static constexpr unsigned kBits = 15;

  [[nodiscard]] static std::size_t bit_of(std::uint32_t gram) {
    return (gram * 0x9E3779B1U) >> (32U - kBits);
  }
  [[nodiscard]] bool may_know(std::uint32_t gram) const {
    const std::size_t bit = bit_of(gram);
    return ((filter_[bit / 64] >> (bit % 64)) & 1U) != 0;
  }

  std::vector<std::pair<std::string, std::uint32_t>> parts_;  // until built
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> grams_;
  std::vector<std::uint64_t> filter_;  // one bit for grams that may be known: most are not
};

}  // namespace exotap
