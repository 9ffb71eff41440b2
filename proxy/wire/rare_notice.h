// Something that may happen a thousand times a second and is worth a line once a minute.
#pragma once

#include <chrono>
#include <cstdint>

namespace exotap::wire {

// Not thread safe.
class RareNotice {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kEvery{60};

  // It has happened once more. How often since it was last told, where it is to be told now (at
  // once the first time, then at most every kEvery); else 0.
  [[nodiscard]] std::uint64_t happened(Time now);

 private:
  std::uint64_t untold_ = 0;
  Time next_ = Time::min();
};

}  // namespace exotap::wire
