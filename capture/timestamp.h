// Times as the log writes them: RFC 3339, UTC, microseconds: "2026-11-22T12:31:07.000250Z".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capture/exchange.h"

namespace exotap {

// Years 1970 to 2199: well inside what 64 bits of nanoseconds hold, so that a duration can still
// be added. A time outside is written as the nearest inside, and not read.
void append_timestamp(std::string& out, WallTime time);

// Reads what append_timestamp writes; fewer or more digits behind the point, and no point, too.
// nullopt for anything else. Offsets other than "Z" are not read: the log has none.
[[nodiscard]] std::optional<WallTime> parse_timestamp(std::string_view text);

// "20261122-123107", UTC: the time in a log file's name.
[[nodiscard]] std::string file_stamp(WallTime time);

}  // namespace exotap
