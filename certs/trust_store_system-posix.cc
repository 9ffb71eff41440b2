#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "certs/authority_files.h"
#include "certs/authority_making.h"
#include "certs/certificate_files.h"
#include "certs/trust_store_system.h"

namespace exotap {
namespace {

namespace fs = std::filesystem;

struct Layout {
  const char* anchors;
  const char* bundle;
  std::array<const char*, 2> programs;  // where the program may be
  std::array<const char*, 2> update;    // its words; nullptr: no more
  std::array<const char*, 2> rebuild;
};

// The first whose folder and program are there is this system's.
constexpr std::array<Layout, 4> kLayouts = {{
    // Debian, Ubuntu, Alpine. --fresh also clears what would point to a file that is gone.
    {"usr/local/share/ca-certificates",
     "etc/ssl/certs/ca-certificates.crt",
     {"usr/sbin/update-ca-certificates", "usr/bin/update-ca-certificates"},
     {nullptr, nullptr},
     {"--fresh", nullptr}},
    // Fedora, Red Hat.
    {"etc/pki/ca-trust/source/anchors",
     "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
     {"usr/bin/update-ca-trust", "usr/sbin/update-ca-trust"},
     {"extract", nullptr},
     {"extract", nullptr}},
    // Arch.
    {"etc/ca-certificates/trust-source/anchors",
     "etc/ca-certificates/extracted/tls-ca-bundle.pem",
     {"usr/bin/update-ca-trust", "usr/sbin/update-ca-trust"},
     {nullptr, nullptr},
     {nullptr, nullptr}},
    // SUSE.
    {"etc/pki/trust/anchors",
     "var/lib/ca-certificates/ca-bundle.pem",
     {"usr/sbin/update-ca-certificates", "usr/bin/update-ca-certificates"},
     {nullptr, nullptr},
     {nullptr, nullptr}},
}};

constexpr std::size_t kMaxSaid = 200;  // of a program's own words in an error

template <std::size_t N>
std::vector<std::string> command(const std::string& program,
                                 const std::array<const char*, N>& words) {
  std::vector<std::string> all = {program};
  for (const char* word : words) {
    if (word != nullptr) all.emplace_back(word);
  }
  return all;
}

std::string file_name_of(const std::string& sha256) {
  return "exotap-" + sha256.substr(0, 16) + ".crt";
}

// Whether the file holds this one certificate and no other.
bool holds_only(const fs::path& file, const std::string& sha256) {
  const Outcome<std::vector<X509Ptr>> found = read_certificates(file);
  return found && found->size() == 1 && sha256_of(found->front().get()) == sha256;
}

std::string last_line(std::string_view text) {
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  const std::size_t begin = text.rfind('\n');
  return std::string(text.substr(begin == std::string_view::npos ? 0 : begin + 1, kMaxSaid));
}

}  // namespace

std::optional<SystemPlaces> system_places(const fs::path& root) {
  std::error_code ignored;
  for (const Layout& layout : kLayouts) {
    if (!fs::is_directory(root / layout.anchors, ignored)) continue;
    for (const char* program : layout.programs) {
      const fs::path file = root / program;
      if (::access(file.c_str(), X_OK) != 0) continue;
      return SystemPlaces{root / layout.anchors, root / layout.bundle,
                          command(file.string(), layout.update),
                          command(file.string(), layout.rebuild)};
    }
  }
  return std::nullopt;
}

bool may_change_system_store() { return ::geteuid() == 0; }

SystemStore::SystemStore(SystemPlaces places, RunProgram run)
    : places_(std::move(places)), run_(std::move(run)) {}

Outcome<std::vector<StoredRoot>> SystemStore::roots() {
  Outcome<std::vector<X509Ptr>> bundle = read_certificates(places_.bundle);
  if (!bundle) return Outcome<std::vector<StoredRoot>>::failed(std::move(bundle.error));
  std::vector<StoredRoot> roots;
  for (X509Ptr& one : *bundle) {
    std::string sha256 = sha256_of(one.get());
    roots.push_back({std::move(one), std::move(sha256), places_.bundle.string(), true});
  }
  return roots;
}

Outcome<bool> SystemStore::in_bundle(const std::string& sha256) {
  const Outcome<std::vector<X509Ptr>> bundle = read_certificates(places_.bundle);
  if (!bundle) return Outcome<bool>::failed(bundle.error);
  return std::any_of(bundle->begin(), bundle->end(),
                     [&](const X509Ptr& one) { return sha256_of(one.get()) == sha256; });
}

std::string SystemStore::update(const std::vector<std::string>& words) {
  const ProgramResult result = run_(words);
  if (result.exit_code == 0) return {};
  return words.front() + " ended with " + std::to_string(result.exit_code) + ": " +
         last_line(result.output);
}

Outcome<bool> SystemStore::install(X509* root) {
  const std::string sha256 = sha256_of(root);
  const fs::path file = places_.anchors / file_name_of(sha256);
  Outcome<bool> there = in_bundle(sha256);
  if (there && *there && holds_only(file, sha256)) return false;
  if (std::string why = replace_authority_file(file, certificate_pem(root), Readers::open);
      !why.empty()) {
    return Outcome<bool>::failed(std::move(why));
  }
  if (std::string why = update(places_.update); !why.empty()) {
    return Outcome<bool>::failed(std::move(why));
  }
  there = in_bundle(sha256);
  if (!there) return there;
  if (!*there) {
    return Outcome<bool>::failed(places_.update.front() + " said yes, but the root is not in " +
                                 places_.bundle.string());
  }
  return true;
}

Outcome<bool> SystemStore::remove(const std::string& sha256) {
  std::error_code error;
  std::vector<fs::path> files;
  std::size_t looked_at = 0;
  for (fs::recursive_directory_iterator at(places_.anchors, error), end; !error && at != end;
       at.increment(error)) {
    if (++looked_at > kMaxAnchors) break;
    if (!at->is_regular_file(error)) continue;
    if (holds_only(at->path(), sha256)) files.push_back(at->path());
  }
  const Outcome<bool> before = in_bundle(sha256);
  if (!before) return before;
  if (files.empty() && !*before) return false;
  if (files.empty()) {
    return Outcome<bool>::failed("it is in " + places_.bundle.string() +
                                 ", but no file of its own is in " + places_.anchors.string() +
                                 " (remove it where it was put)");
  }
  for (const fs::path& file : files) {
    if (std::string why = remove_authority_file(file); !why.empty()) {
      return Outcome<bool>::failed(std::move(why));
    }
  }
  if (std::string why = update(places_.rebuild); !why.empty()) {
    return Outcome<bool>::failed(std::move(why));
  }
  const Outcome<bool> after = in_bundle(sha256);
  if (!after) return after;
  if (*after) {
    return Outcome<bool>::failed(places_.update.front() + " said yes, but the root is still in " +
                                 places_.bundle.string());
  }
  return true;
}

}  // namespace exotap
