// What a fact's numbers were within the last so many minutes: their sum, average and percentiles,
// exact (Sigma correlation rules specification 2.1: value_sum, value_avg, value_percentile).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rules/judging/amount.h"

namespace exotap {

// Bounded: it keeps the kMaxSamples that are newest. One thread.
class AmountWindow {
 public:
  static constexpr std::size_t kMaxSamples = 4096;

  struct Sample {
    std::chrono::system_clock::time_point time;
    std::uint64_t exchange_id = 0;
    std::int64_t value = 0;  // within kMaxAmount of 0
  };

  // Takes a number in; returns how many that still counted had to go for it (0 or 1). An exchange
  // has one: what it says later replaces what it said. The window ends at the newest time ever
  // seen, and what is `span` or more older than that is no more in it.
  std::size_t add(Sample sample, std::chrono::seconds span);

  [[nodiscard]] bool empty() const { return samples_.empty(); }
  [[nodiscard]] std::size_t size() const { return samples_.size(); }
  // By time, the oldest first.
  [[nodiscard]] const std::vector<Sample>& samples() const { return samples_; }

  // Each of these: of at least one sample.
  [[nodiscard]] Amount sum() const;
  [[nodiscard]] Amount average() const;
  // The least of the values that at least `percent` of a hundred of them do not exceed (nearest
  // rank); the least of all for 0. It is always one of the values. `percent` is at most 100.
  [[nodiscard]] Amount percentile(unsigned percent) const;

 private:
  std::vector<Sample> samples_;
  std::chrono::system_clock::time_point newest_ = std::chrono::system_clock::time_point::min();
};

}  // namespace exotap
