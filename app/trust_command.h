// `exotap ca install|uninstall`: clients of this machine trust the authority's root, and no longer.
//
// Each says what it did, a line a store, on `out`, errors as `exotap: WHAT: WHY (what to do)` on
// `errors`, and returns the exit code: 0; 2 for a wrong option; 3 where a store that was asked for
// could not be changed. Doing it again changes nothing.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "app/trust_world.h"

namespace exotap {

// Which stores are meant. With none of them: the browsers' databases, and as root the system's.
struct StoreChoice {
  bool system = false;
  bool nss = false;
  std::vector<std::filesystem::path> databases;  // these NSS databases, and no others
};

struct CaInstallOptions {
  std::filesystem::path ca_dir;  // empty: default_authority_folder()
  StoreChoice stores;
};
int ca_install(const CaInstallOptions& options, const TrustWorld& world, std::ostream& out,
               std::ostream& errors);

struct CaUninstallOptions {
  // Given, and with an authority in it: only that one's root goes. Else every root goes that was
  // made by exotap on this machine, the folder's among them.
  std::filesystem::path ca_dir;
  std::string fingerprint;  // SHA-256: only this one, from whichever machine
  StoreChoice stores;
};
int ca_uninstall(const CaUninstallOptions& options, const TrustWorld& world, std::ostream& out,
                 std::ostream& errors);

}  // namespace exotap
