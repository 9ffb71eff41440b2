// What there is to say about the days an authority has left, and how to make the next one.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "capture/exchange.h"
#include "certs/authority.h"

namespace exotap {

inline constexpr std::chrono::days kExpiryNotice{14};

// The command that makes a new authority for the same names in the same folder.
[[nodiscard]] std::string renewal_command(const Authority& authority);

// The command that lets this user's browsers trust it.
[[nodiscard]] std::string install_command(const Authority& authority);

// One line with what to do; empty with kExpiryNotice or more to go.
[[nodiscard]] std::string expiry_warning(const Authority& authority, WallTime now);

[[nodiscard]] std::string day_text(WallTime when);  // "2026-11-22", UTC

}  // namespace exotap
