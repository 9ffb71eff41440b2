// A process, told apart from every later one that is given the same number. One implementation a
// platform.
#pragma once

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

}  // namespace exotap
