// The system's own trust store: a folder of the administrator's, a program that makes the bundle of
// all trusted roots from it, and that bundle. One implementation a platform.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "certs/trust_store.h"

namespace exotap {

struct SystemPlaces {
  std::filesystem::path anchors;     // where the administrator's roots are put, a file each
  std::filesystem::path bundle;      // what programs read: every trusted root
  std::vector<std::string> update;   // makes the bundle anew: the program's file and its words
  std::vector<std::string> rebuild;  // the same after a root was taken away
};

// The places of this system: of Debian and its kin, of Fedora's, of Arch's, of SUSE's. `root`:
// what stands before every path, for another tree than "/". nullopt where it is none of them.
[[nodiscard]] std::optional<SystemPlaces> system_places(const std::filesystem::path& root = "/");

// Whether this process may change it: root's.
[[nodiscard]] bool may_change_system_store();

class SystemStore : public TrustStore {
 public:
  static constexpr std::size_t kMaxAnchors = 4096;  // files looked at

  SystemStore(SystemPlaces places, RunProgram run);

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] Outcome<std::vector<StoredRoot>> roots() override;
  // Puts a file named after the fingerprint into the folder; verified in the bundle.
  [[nodiscard]] Outcome<bool> install(X509* root) override;
  // Every file of the folder that holds this certificate and nothing else.
  [[nodiscard]] Outcome<bool> remove(const std::string& sha256) override;

 private:
  [[nodiscard]] Outcome<bool> in_bundle(const std::string& sha256);
  [[nodiscard]] std::string update(const std::vector<std::string>& words);

  const SystemPlaces places_;
  const RunProgram run_;
  const std::string name_ = "system store";
};

}  // namespace exotap
