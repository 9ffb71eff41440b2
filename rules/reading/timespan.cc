#include "rules/reading/timespan.h"

#include <charconv>
#include <cstdint>

namespace exotap {

std::optional<std::chrono::seconds> parse_timespan(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const char unit = text.back();
  text.remove_suffix(1);
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size() || count <= 0) return std::nullopt;
  std::int64_t seconds = 0;
  switch (unit) {
    case 's':
      seconds = 1;
      break;
    case 'm':
      seconds = 60;
      break;
    case 'h':
      seconds = 3600;
      break;
    case 'd':
      seconds = 86400;
      break;
    default:
      return std::nullopt;
  }
  const std::chrono::seconds span(seconds * count);
  return span > kMaxTimespan ? std::nullopt : std::optional(span);
}

}  // namespace exotap
