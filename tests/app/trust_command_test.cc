#include "app/trust_command.h"

#include "tests/app/trust_fixture.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class TrustCommand : public TrustFixture {
 protected:
  int install(StoreChoice stores = {}) {
    return say([&](auto& out, auto& errors) {
      return ca_install({authority_folder(), std::move(stores)}, world_, out, errors);
    });
  }
  int uninstall(const CaUninstallOptions& options) {
    return say([&](auto& out, auto& errors) { return ca_uninstall(options, world_, out, errors); });
  }
  int uninstall() { return uninstall({authority_folder(), "", {}}); }
  void make_database() { ASSERT_EQ(nss().make(), ""); }

  std::string out_;
  std::string errors_;

 private:
  template <class Command>
  int say(Command command) {
    std::ostringstream out;
    std::ostringstream errors;
    const int code = command(out, errors);
    out_ = out.str();
    errors_ = errors.str();
    return code;
  }
};

TEST_F(TrustCommand, AUserInstallsIntoBrowsersAndIsToldAboutTheSystem) {
  const X509Ptr root = make_root();
  make_database();
  EXPECT_EQ(install(), 0) << errors_;
  EXPECT_TRUE(nss_trusts(root));
  EXPECT_FALSE(system_trusts(root));
  EXPECT_THAT(out_, AllOf(HasSubstr("installed  NSS " + database().string()),
                          HasSubstr(fingerprint_text(sha256_of(root.get()))),
                          HasSubstr("sudo exotap ca install --system --ca-dir")));
  EXPECT_EQ(install(), 0);
  EXPECT_THAT(out_, HasSubstr("unchanged  NSS"));
  EXPECT_EQ(uninstall(), 0) << errors_;
  EXPECT_FALSE(nss_trusts(root));
  EXPECT_THAT(out_, HasSubstr("removed    NSS"));
  EXPECT_EQ(uninstall(), 0);
  EXPECT_THAT(out_, Not(HasSubstr("removed")));
}

TEST_F(TrustCommand, RootInstallsIntoTheSystemToo) {
  const X509Ptr root = make_root();
  make_database();
  world_.may_change_system = true;
  EXPECT_EQ(install(), 0) << errors_;
  EXPECT_TRUE(nss_trusts(root));
  EXPECT_TRUE(system_trusts(root));
  EXPECT_EQ(uninstall(), 0) << errors_;
  EXPECT_FALSE(nss_trusts(root));
  EXPECT_FALSE(system_trusts(root));
  EXPECT_TRUE(system_trusts(public_.certificate));
}

TEST_F(TrustCommand, TheSystemAskedForByAUserIsAnErrorThatSaysHow) {
  (void)make_root();
  EXPECT_EQ(install({.system = true, .nss = false, .databases = {}}), 3);
  EXPECT_THAT(errors_, AllOf(HasSubstr("exotap: system store: only root"), HasSubstr("sudo ")));
}

TEST_F(TrustCommand, NssMakesTheDatabaseThatChromiumReads) {
  const X509Ptr root = make_root();
  EXPECT_EQ(install({.system = false, .nss = true, .databases = {}}), 0) << errors_;
  EXPECT_TRUE(nss_trusts(root));
}

TEST_F(TrustCommand, WithNothingToInstallIntoItSaysSo) {
  (void)make_root();
  EXPECT_EQ(install(), 3);
  EXPECT_THAT(errors_, HasSubstr("NSS databases: none is there"));
  EXPECT_EQ(install({.system = false, .nss = false, .databases = {at("nowhere")}}), 3);
  EXPECT_THAT(errors_, HasSubstr("no NSS database there"));
}

TEST_F(TrustCommand, WithoutCertutilItSaysWhatToInstall) {
  (void)make_root();
  make_database();
  world_.certutil.clear();
  EXPECT_EQ(install(), 3);
  EXPECT_THAT(errors_, HasSubstr("libnss3-tools"));
}

TEST_F(TrustCommand, WithoutAnAuthorityThereIsNothingToTrust) {
  EXPECT_EQ(install(), 3);
  EXPECT_THAT(errors_, HasSubstr("exotap ca create"));
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(TrustCommand, OursGoesAfterItsFolderIsGone) {
  const X509Ptr root = make_root();
  make_database();
  ASSERT_EQ(install(), 0);
  const X509Ptr elsewhere = pki::new_root("otherhost");
  NssStore store = nss();
  ASSERT_TRUE(store.install(elsewhere.get()));
  std::filesystem::remove_all(authority_folder());
  EXPECT_EQ(uninstall(), 0) << errors_;
  EXPECT_FALSE(nss_trusts(root));
  EXPECT_TRUE(nss_trusts(elsewhere)) << "another machine's is kept, and said so";
  EXPECT_THAT(out_, HasSubstr("kept       NSS"));
  EXPECT_EQ(uninstall({"", sha256_of(elsewhere.get()), {}}), 0) << errors_;
  EXPECT_FALSE(nss_trusts(elsewhere));
}

TEST_F(TrustCommand, AFolderThatIsGivenMeansOnlyItsRoot) {
  const X509Ptr earlier = pki::new_root();
  make_database();
  NssStore store = nss();
  ASSERT_TRUE(store.install(earlier.get()));
  const X509Ptr root = make_root();
  ASSERT_EQ(install(), 0);
  EXPECT_EQ(uninstall(), 0) << errors_;
  EXPECT_FALSE(nss_trusts(root));
  EXPECT_TRUE(nss_trusts(earlier));
}

TEST_F(TrustCommand, SomebodyElsesStaysWhateverItsName) {
  const X509Ptr root = make_root();
  const X509Ptr other = pki::namesake(root.get());
  ASSERT_EQ(install({.system = false, .nss = true, .databases = {}}), 0);
  NssStore store = nss();
  ASSERT_TRUE(store.install(other.get()));
  std::filesystem::remove_all(authority_folder());
  EXPECT_EQ(uninstall(), 0) << errors_;
  EXPECT_FALSE(nss_trusts(root));
  EXPECT_TRUE(nss_trusts(other));
  EXPECT_EQ(uninstall({"", sha256_of(other.get()), {}}), 3);
  EXPECT_THAT(errors_, HasSubstr("no root of exotap's"));
  EXPECT_TRUE(nss_trusts(other));
}

TEST_F(TrustCommand, WhatAUserMayNotRemoveIsAnErrorOnlyWhereItIs) {
  const X509Ptr root = make_root();
  make_database();
  world_.may_change_system = true;
  ASSERT_EQ(install(), 0);
  world_.may_change_system = false;
  EXPECT_EQ(uninstall(), 3);
  EXPECT_THAT(errors_, AllOf(HasSubstr("system store"), HasSubstr("sudo exotap ca uninstall")));
  EXPECT_FALSE(nss_trusts(root));
  EXPECT_TRUE(system_trusts(root));
}

TEST_F(TrustCommand, ABrokenFingerprintIsWrongUsage) {
  EXPECT_EQ(uninstall({"", "AB:CD", {}}), 2);
  EXPECT_THAT(errors_, HasSubstr("--fingerprint AB:CD"));
}

}  // namespace
}  // namespace exotap
