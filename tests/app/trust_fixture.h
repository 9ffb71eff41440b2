// A machine of its own for tests of trust: a home with an NSS database, a system store in a folder.
// The real certutil and update-ca-certificates, never this machine's stores.
#pragma once

#include <gmock/gmock.h>

#include <sstream>

#include "app/run_program.h"
#include "app/trust_world.h"
#include "certs/authority.h"
#include "certs/exotap_root.h"
#include "certs/trust_store_nss.h"
#include "tests/certs/scratch_system_store.h"

namespace exotap {

class TrustFixture : public testing::Test {
 protected:
  void SetUp() override {
    if (!find_program("certutil") || !find_program("update-ca-certificates")) {
      GTEST_SKIP() << "NOT TESTED: certutil (libnss3-tools) or update-ca-certificates is missing";
    }
    world_.home = at("home");
    world_.machine = "testhost";
    world_.certutil = find_program("certutil")->string();
    world_.run = [](const std::vector<std::string>& words) { return run_program_to_end(words); };
    std::filesystem::create_directory(at("home"));
    const SystemPlaces places =
        pki::scratch_system_store(folder_.path(), public_.certificate.get());
    ASSERT_EQ(run_program_to_end(places.update).exit_code, 0);
    world_.system = places;
  }

  [[nodiscard]] std::filesystem::path at(const std::string& name) const {
    return folder_.path() / name;
  }
  [[nodiscard]] std::filesystem::path database() const { return at("home") / ".pki/nssdb"; }
  [[nodiscard]] std::filesystem::path authority_folder() const { return at("ca"); }
  // As `exotap ca create` makes it, but of this fixture's machine.
  X509Ptr make_root(const std::string& machine = "testhost") {
    X509Ptr root = pki::new_root(machine);
    std::filesystem::create_directory(authority_folder());
    pki::write_file(authority_folder() / "ca.pem", certificate_pem(root.get()));
    return root;
  }
  [[nodiscard]] NssStore nss() const {
    return {database(), world_.certutil, scratch_.path(), world_.run};
  }
  [[nodiscard]] TrustStorePtr system() const { return system_store(world_); }
  static bool trusts(TrustStore& store, const X509Ptr& root) {
    const auto roots = store.roots();
    EXPECT_TRUE(roots) << roots.error;
    for (const StoredRoot& one : *roots) {
      if (one.sha256 == sha256_of(root.get())) return one.trusted;
    }
    return false;
  }
  [[nodiscard]] bool nss_trusts(const X509Ptr& root) const {
    NssStore store = nss();
    return trusts(store, root);
  }
  [[nodiscard]] bool system_trusts(const X509Ptr& root) const { return trusts(*system(), root); }

  pki::ScratchFolder folder_;
  TemporaryFolder scratch_{"exotap-test-"};
  pki::Issued public_ = pki::issue_authority("a public root");
  TrustWorld world_;
};

}  // namespace exotap
