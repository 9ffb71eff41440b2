// What time a server says it is, for a comparison of clocks.
#pragma once

#include <chrono>
#include <string>

#include "capture/exchange.h"
#include "certs/outcome.h"

namespace exotap {

inline constexpr std::chrono::seconds kServerTimeLimit{5};  // for the whole of it

// Asks HOST:PORT over plain HTTP (a wrong clock lets every certificate look bad) and reads the
// Date of whatever it answers (RFC 9110 section 6.6.1).
[[nodiscard]] Outcome<WallTime> server_time(const std::string& host, std::uint16_t port);

}  // namespace exotap
