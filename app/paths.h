// Where exotap keeps what is the user's. One implementation a platform.
#pragma once

#include <filesystem>

namespace exotap {

// Nothing is made here. An empty path where the system names no home for this user; the options
// --ca-dir, --log and --config then have to say it.
[[nodiscard]] std::filesystem::path home_folder();  // the user's own
[[nodiscard]] std::filesystem::path default_authority_folder();
[[nodiscard]] std::filesystem::path default_log_folder();
[[nodiscard]] std::filesystem::path default_config_file();

}  // namespace exotap
