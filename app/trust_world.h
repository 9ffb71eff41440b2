// The trust stores of this machine and this user, as exotap reaches them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/temporary_folder.h"
#include "certs/trust_store.h"
#include "certs/trust_store_system.h"

namespace exotap {

struct TrustWorld {
  std::filesystem::path home;          // below it lie the browsers' databases
  std::optional<SystemPlaces> system;  // nullopt: a store exotap does not know
  bool may_change_system = false;
  std::string certutil;       // its file; empty: not installed
  bool has_chromium = false;  // or one of its kin: it will read the shared database
  std::string machine;        // as roots' names have it
  RunProgram run;
};
// Of this process: its user's home, its rights, its PATH.
[[nodiscard]] TrustWorld this_trust_world();

inline constexpr const char* kNoCertutil =
    "certutil is not installed (install the package libnss3-tools, of Fedora nss-tools)";

// Every database there is below the world's home. certutil must be there. `scratch` outlives the
// stores.
[[nodiscard]] std::vector<TrustStorePtr> nss_stores(const TrustWorld& world,
                                                    const TemporaryFolder& scratch);
[[nodiscard]] TrustStorePtr system_store(const TrustWorld& world);  // world.system must be there

}  // namespace exotap
