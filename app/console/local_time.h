// Times as the person before the screen knows them.
#pragma once

#include <string>

#include "capture/exchange.h"

namespace exotap {

// "13:31:07" and "13:31", in the local time zone. Only for one thread: the last second's words are
// kept, asking the system takes longer than all the rest of a line.
class LocalTime {
 public:
  [[nodiscard]] const std::string& seconds(WallTime time);
  [[nodiscard]] std::string minutes(WallTime time);

 private:
  std::time_t known_ = -1;
  std::string words_;
};

// "45 s", "12 min", "3 h 5 min": how long a run took.
[[nodiscard]] std::string span_words(std::chrono::seconds span);

}  // namespace exotap
