#include "app/trust_world.h"

#include <array>

#include "app/paths.h"
#include "app/run_program.h"
#include "certs/authority_files.h"
#include "certs/exotap_root.h"
#include "certs/trust_store_nss.h"
#include "certs/trust_store_places.h"

namespace exotap {
namespace {

constexpr std::array<const char*, 7> kChromiumPrograms = {
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
    "chrome",   "microsoft-edge",   "brave-browser",
};

bool any_chromium() {
  for (const char* name : kChromiumPrograms) {
    if (find_program(name)) return true;
  }
  return false;
}

}  // namespace

TrustWorld this_trust_world() {
  TrustWorld world;
  world.home = home_folder();
  world.system = system_places();
  world.may_change_system = may_change_system_store();
  if (const auto file = find_program("certutil")) world.certutil = file->string();
  world.has_chromium = any_chromium();
  world.machine = machine_in_names(machine_name());
  world.run = [](const std::vector<std::string>& words) { return run_program_to_end(words); };
  return world;
}

std::vector<TrustStorePtr> nss_stores(const TrustWorld& world, const TemporaryFolder& scratch) {
  std::vector<TrustStorePtr> stores;
  for (const std::filesystem::path& database : nss_databases(world.home)) {
    stores.push_back(
        std::make_unique<NssStore>(database, world.certutil, scratch.path(), world.run));
  }
  return stores;
}

TrustStorePtr system_store(const TrustWorld& world) {
  return std::make_unique<SystemStore>(*world.system, world.run);
}

}  // namespace exotap
