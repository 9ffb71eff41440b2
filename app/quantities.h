// Sizes and ages as people write them on a command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

// "512MiB", "1 GiB", "100M", "1048576": powers of 1024, a plain number is bytes.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);

// "14d", "14 days", "36h", "90m", "30s"; a plain number is days.
[[nodiscard]] std::optional<std::chrono::seconds> parse_age(std::string_view text);

}  // namespace exotap
