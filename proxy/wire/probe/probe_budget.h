// How often exotap may ask servers by itself: so many questions a minute, and one host only once in
// a while.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <list>
#include <string>
#include <string_view>

namespace exotap::wire {

// A value of limits; the clock is the caller's. Not thread safe.
class ProbeBudget {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kMaxHosts = 1024;  // remembered; the oldest is forgotten first

  // `apart` of 0 lets a host be asked as often as the minute allows.
  ProbeBudget(std::size_t per_minute, std::chrono::seconds apart)
      : per_minute_(per_minute), apart_(apart) {}

  // Whether this host may be asked now; if so, that is counted.
  [[nodiscard]] bool spend(std::string_view host, TimePoint now);

 private:
  struct Asked {
    std::string host;
    TimePoint at;
  };
  const std::size_t per_minute_;
  const std::chrono::seconds apart_;
  std::deque<TimePoint> latest_;  // of the last minute
  std::list<Asked> hosts_;        // the oldest in front
};

}  // namespace exotap::wire
