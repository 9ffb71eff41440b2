#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include "certs/trust_store_places.h"

namespace exotap {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDatabase = "cert9.db";
constexpr std::size_t kMaxEntries = 4096;         // of a folder
constexpr std::size_t kMaxProfileLines = 10'000;  // of profiles.ini

// Databases of Chromium and its kin. "*" stands for any one folder.
constexpr std::array<const char*, 4> kChromium = {
    ".pki/nssdb",
    ".local/share/pki/nssdb",
    "snap/*/current/.pki/nssdb",
    ".var/app/*/.pki/nssdb",
};

// Folders of profiles, each with a profiles.ini.
constexpr std::array<const char*, 9> kMozilla = {
    ".mozilla/firefox",
    ".config/mozilla/firefox",
    ".mozilla/firefox-esr",
    ".librewolf",
    ".thunderbird",
    "snap/*/common/.mozilla/firefox",
    "snap/*/common/.thunderbird",
    ".var/app/*/.mozilla/firefox",
    ".var/app/*/.thunderbird",
};

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  std::size_t looked_at = 0;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (++looked_at > kMaxEntries) break;
    std::error_code unknown;
    if (at->is_directory(unknown)) found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The folders that a pattern with at most one "*" stands for.
std::vector<fs::path> expanded(const fs::path& home, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return {home / pattern};
  std::vector<fs::path> found;
  for (const fs::path& one : folders_in(home / pattern.substr(0, star))) {
    found.push_back(one / pattern.substr(star + 2));
  }
  return found;
}

// Profiles may lie anywhere: profiles.ini has a Path= for each, absolute with IsRelative=0.
std::vector<fs::path> listed_profiles(const fs::path& folder) {
  std::vector<fs::path> found;
  std::ifstream in(folder / "profiles.ini");
  std::string line;
  for (std::size_t lines = 0; lines < kMaxProfileLines && std::getline(in, line); ++lines) {
    constexpr std::string_view kPath = "Path=";
    if (!line.starts_with(kPath)) continue;
    if (line.ends_with('\r')) line.pop_back();
    found.push_back(folder / line.substr(kPath.size()));
  }
  return found;
}

class Found {
 public:
  void add(const fs::path& folder) {
    std::error_code error;
    if (paths.size() >= kMaxNssDatabases || !fs::exists(folder / kDatabase, error)) return;
    // A link and what it leads to are one database.
    const fs::path real = fs::weakly_canonical(folder, error);
    if (std::find(reals_.begin(), reals_.end(), real) != reals_.end()) return;
    reals_.push_back(real);
    paths.push_back(folder);
  }
  std::vector<fs::path> paths;

 private:
  std::vector<fs::path> reals_;
};

}  // namespace

std::vector<fs::path> nss_databases(const fs::path& home) {
  Found found;
  if (home.empty()) return found.paths;
  for (const char* pattern : kChromium) {
    for (const fs::path& folder : expanded(home, pattern)) found.add(folder);
  }
  for (const char* pattern : kMozilla) {
    for (const fs::path& folder : expanded(home, pattern)) {
      for (const fs::path& profile : folders_in(folder)) found.add(profile);
      for (const fs::path& profile : listed_profiles(folder)) found.add(profile);
    }
  }
  return found.paths;
}

fs::path shared_nss_database(const fs::path& home) { return home / ".pki/nssdb"; }

}  // namespace exotap
