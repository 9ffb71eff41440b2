#include "app/console/local_time.h"

#include <fmt/chrono.h>

namespace exotap {

const std::string& LocalTime::seconds(WallTime time) {
  const std::time_t second =
      std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  if (second != known_ || words_.empty()) {
    known_ = second;
    words_ = fmt::format("{:%H:%M:%S}", fmt::localtime(second));
  }
  return words_;
}

std::string LocalTime::minutes(WallTime time) { return seconds(time).substr(0, 5); }

std::string span_words(std::chrono::seconds span) {
  const auto count = span.count();
  if (count < 120) return fmt::format("{} s", count);
  if (count < 120 * 60) return fmt::format("{} min", count / 60);
  return fmt::format("{} h {} min", count / 3600, count % 3600 / 60);
}

}  // namespace exotap
