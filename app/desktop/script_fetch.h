// The desktop's former auto-configuration, fetched so that exotap's own can go on asking it.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "certs/outcome.h"

namespace exotap {

// Longer ones leave no room for exotap's part (kMaxPac).
inline constexpr std::size_t kMaxFormerScript = 960 * 1024;
inline constexpr int kMaxScriptRedirects = 5;

// http://, https:// (verified by the system's store and these files) and file:// addresses, reached
// directly, as the desktop itself does it. Blocks no longer than `limit` in all. The text without a
// byte order mark; or one line: what failed, never with a password that stands in the address.
[[nodiscard]] Outcome<std::string> fetch_script(std::string_view url,
                                                std::span<const std::string> ca_files,
                                                std::chrono::milliseconds limit);

}  // namespace exotap
