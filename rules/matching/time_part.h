// The parts of a time that Sigma's minute, hour, day, week, month and year compare. Always of UTC:
// a rule then means the same on every computer.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "decoders/facts.h"
#include "rules/matching/modifiers.h"

namespace exotap {

// The part of a time so many seconds after 1970; the week is that of ISO 8601, of which a year has
// 52 or 53. nullopt for years before 1 or after 9999.
[[nodiscard]] std::optional<std::int64_t> part_of(std::int64_t seconds, TimePart part);

// The same of a fact's value: of a number, seconds since 1970; of a text, a time of RFC 3339 or of
// HTTP. nullopt where the text is no time.
[[nodiscard]] std::optional<std::int64_t> part_of(const Fact& fact, bool is_number, TimePart part);

// What values a part can have, lowest and highest included.
struct TimePartLimits {
  std::string_view name;
  std::int64_t lowest;
  std::int64_t highest;
};
// `part` is not none.
[[nodiscard]] const TimePartLimits& limits_of(TimePart part);

}  // namespace exotap
