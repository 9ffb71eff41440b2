// What a desktop runs when its user's next session begins, by the Desktop Application Autostart
// Specification (0.5): after a power cut nobody else would put the setting back, and browsers would
// find neither exotap's auto-configuration nor the company's proxy.
#pragma once

#include <filesystem>
#include <string>

namespace exotap {

inline constexpr const char* kLoginEntry = "exotap-restore.desktop";

// The entry's text: it runs `program` with the word "restore".
[[nodiscard]] std::string login_entry(const std::filesystem::path& program);

// In this folder, which is made where it is missing; one that is there is replaced. False where it
// cannot be written.
bool write_login_entry(const std::filesystem::path& folder, const std::filesystem::path& program);
// Nothing where there is none.
void remove_login_entry(const std::filesystem::path& folder);

// This user's; empty where no home is known.
[[nodiscard]] std::filesystem::path autostart_folder();

}  // namespace exotap
