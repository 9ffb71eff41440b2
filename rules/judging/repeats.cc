#include "rules/judging/repeats.h"

#include <algorithm>

namespace exotap {

std::uint32_t Repeats::count(const std::string& key, WallTime time, std::uint64_t exchange_id) {
  const auto known = told_.find(key);
  if (known == told_.end() && told_.size() >= kMaxKeys) {
    const auto quieter = [](const auto& a, const auto& b) { return a.second.last < b.second.last; };
    told_.erase(std::min_element(told_.begin(), told_.end(), quieter));
  }
  Told& told = known == told_.end() ? told_[key] : known->second;
  const auto seen =
      told.exchanges.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(told.next, 4));
  if (std::find(told.exchanges.begin(), seen, exchange_id) != seen) return 0;
  if (time - told.last > kWindow) told.count = 0;
  told.last = std::max(told.last, time);
  told.exchanges[told.next++ % told.exchanges.size()] = exchange_id;
  return ++told.count;
}

}  // namespace exotap
