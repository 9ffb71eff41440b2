// Where browsers of a user keep their NSS databases. One implementation a platform.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace exotap {

inline constexpr std::size_t kMaxNssDatabases = 128;

// The databases there are below this home: Chromium's and its kin's, every profile of Firefox and
// Thunderbird, their snaps and flatpaks. Each once, in a fixed order.
[[nodiscard]] std::vector<std::filesystem::path> nss_databases(const std::filesystem::path& home);

// Where Chromium and its kin look first.
[[nodiscard]] std::filesystem::path shared_nss_database(const std::filesystem::path& home);

}  // namespace exotap
