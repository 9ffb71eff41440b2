// Sigma's time spans: a number and a letter, "30s", "5m", "1h", "2d".
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace exotap {

inline constexpr std::chrono::seconds kMaxTimespan = std::chrono::hours(24 * 30);

// nullopt where the text is no such span, is zero, or is longer than kMaxTimespan.
[[nodiscard]] std::optional<std::chrono::seconds> parse_timespan(std::string_view text);

}  // namespace exotap
