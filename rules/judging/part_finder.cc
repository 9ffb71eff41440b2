#include "rules/judging/part_finder.h"

#include <limits>

namespace exotap {
namespace {

// Calls see(gram) for every run of four bytes.
template <typename See>
void each_gram(std::string_view part, const See& see) {
  std::uint32_t gram = 0;
  for (std::size_t i = 0; i < part.size(); ++i) {
    gram = (gram << 8U) | static_cast<unsigned char>(part[i]);
    if (i + 1 >= PartFinder::kGram) see(gram);
  }
}

}  // namespace

void PartFinder::build() {
  std::unordered_map<std::uint32_t, std::size_t> counts;
  for (const auto& [part, who] : parts_) {
    each_gram(part, [&](std::uint32_t gram) { ++counts[gram]; });
  }
  filter_.assign((std::size_t{1} << kBits) / 64, 0);
  for (const auto& [part, who] : parts_) {
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    std::uint32_t best = 0;
    each_gram(part, [&](std::uint32_t gram) {
      if (counts[gram] >= fewest) return;
      fewest = counts[gram];
      best = gram;
    });
    grams_[best].push_back(who);
    const std::size_t bit = bit_of(best);
    filter_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  parts_.clear();
  parts_.shrink_to_fit();
}

}  // namespace exotap
