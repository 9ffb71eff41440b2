// A process, told apart from every later one that is given the same number. One implementation a
// platform.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace exotap {

struct ProcessMark {
  std::int64_t id = 0;
  std::string begun;  // when, in the system's own words; never repeated for this id
  bool operator==(const ProcessMark&) const = default;
};

[[nodiscard]] ProcessMark this_process();
// Whether that very process still runs.
[[nodiscard]] bool is_running(const ProcessMark& process);
// Whether it still does after `patience`; returns as soon as it does not. One that was killed takes
// a moment to be gone.
[[nodiscard]] bool outlives(const ProcessMark& process, std::chrono::milliseconds patience);

}  // namespace exotap
