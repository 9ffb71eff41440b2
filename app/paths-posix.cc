#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string_view>

#include "app/paths.h"

namespace exotap {
namespace {

constexpr std::string_view kOurs = "exotap";
constexpr std::size_t kPasswordEntry = 16 * 1024;

std::filesystem::path absolute_variable(const char* name) {
  const char* value = std::getenv(name);
  const std::filesystem::path path = value == nullptr ? "" : value;
  return path.is_absolute() ? path : std::filesystem::path();
}

std::filesystem::path home() {
  if (std::filesystem::path home = absolute_variable("HOME"); !home.empty()) return home;
  struct passwd entry {};
  struct passwd* found = nullptr;
  std::array<char, kPasswordEntry> texts{};
  if (::getpwuid_r(::geteuid(), &entry, texts.data(), texts.size(), &found) != 0 ||
      found == nullptr || found->pw_dir == nullptr) {
    return {};
  }
  const std::filesystem::path folder = found->pw_dir;
  return folder.is_absolute() ? folder : std::filesystem::path();
}

// By the XDG Base Directory Specification: the variable where it is absolute, else the place below
// the home.
std::filesystem::path folder(const char* variable, std::string_view below_home) {
  if (const std::filesystem::path base = absolute_variable(variable); !base.empty()) {
    return base / kOurs;
  }
  const std::filesystem::path base = home();
  return base.empty() ? base : base / below_home / kOurs;
}

}  // namespace

std::filesystem::path home_folder() { return home(); }

std::filesystem::path default_authority_folder() { return folder("XDG_DATA_HOME", ".local/share"); }

std::filesystem::path default_log_folder() { return folder("XDG_STATE_HOME", ".local/state"); }

std::filesystem::path default_config_file() {
  const std::filesystem::path ours = folder("XDG_CONFIG_HOME", ".config");
  return ours.empty() ? ours : ours / "config.toml";
}

}  // namespace exotap
