#include "app/expiry_warning.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "app/paths.h"
#include "app/shell_word.h"
#include "certs/microsoft365_hosts.h"
#include "certs/names.h"

namespace exotap {

std::string day_text(WallTime when) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(when)};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text.data();
}

namespace {

// " --ca-dir DIR" where it is not the usual one.
std::string folder_option(const Authority& authority) {
  const std::filesystem::path folder = authority.root_file().parent_path();
  if (folder == default_authority_folder()) return {};
  return " --ca-dir " + shell_word(std::filesystem::absolute(folder).string());
}

}  // namespace

std::string install_command(const Authority& authority) {
  return "exotap ca install" + folder_option(authority);
}

std::string renewal_command(const Authority& authority) {
  std::string command = "exotap ca create --force" + folder_option(authority);
  const std::vector<std::string> built_in = microsoft365_names();
  for (const std::string& name : authority.permitted_names()) {
    if (name != kWrongNameSuffix && !covered(name, built_in)) command += " --domain " + name;
  }
  return command;
}

std::string expiry_warning(const Authority& authority, WallTime now) {
  const auto left = authority.not_after() - now;
  if (left >= kExpiryNotice) return {};
  const auto days = std::max(std::chrono::floor<std::chrono::days>(left), std::chrono::days(0));
  return "authority: it expires on " + day_text(authority.not_after()) + ", in " +
         std::to_string(days.count()) + (days.count() == 1 ? " day" : " days") +
         " (make a new one with `" + renewal_command(authority) +
         "`, and let clients trust it with `" + install_command(authority) + "`)";
}

}  // namespace exotap
