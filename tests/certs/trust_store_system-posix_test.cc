#include <gmock/gmock.h>
#include <sys/stat.h>

#include "certs/trust_store_system.h"
#include "tests/certs/real_programs.h"
#include "tests/certs/scratch_system_store.h"

namespace exotap {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

// A tree of its own: this machine's store is never touched.
class SystemStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!pki::has_program("update-ca-certificates")) {
      GTEST_SKIP() << "NOT TESTED: update-ca-certificates is not installed (ca-certificates)";
    }
    places_ = pki::scratch_system_store(folder_.path(), public_.certificate.get());
    ASSERT_EQ(pki::run_real(places_.update).exit_code, 0);
  }
  [[nodiscard]] fs::path at(const std::string& name) const { return folder_.path() / name; }
  [[nodiscard]] SystemStore store() const { return {places_, pki::run_real}; }
  [[nodiscard]] bool holds(const X509Ptr& root) const {
    const auto roots = store().roots();
    EXPECT_TRUE(roots) << roots.error;
    return std::any_of(roots->begin(), roots->end(), [&](const StoredRoot& one) {
      return one.trusted && one.sha256 == sha256_of(root.get());
    });
  }
  // What OpenSSL says of the root with the folder and with the bundle that were made.
  [[nodiscard]] bool openssl_trusts(X509* root) const {
    pki::write_file(at("asked.pem"), certificate_pem(root));
    const std::string asked = at("asked.pem").string();
    const auto says = [&](const char* option, const fs::path& where) {
      return pki::run_real({"openssl", "verify", "-no-CAstore", "-no-CAfile", "-no-CApath", option,
                            where.string(), asked})
                 .exit_code == 0;
    };
    const bool by_bundle = says("-CAfile", places_.bundle);
    EXPECT_EQ(says("-CApath", at("etc")), by_bundle);
    return by_bundle;
  }

  pki::ScratchFolder folder_;
  pki::Issued public_ = pki::issue_authority("a public root");
  const X509Ptr root_ = pki::new_root();
  SystemPlaces places_;
};

TEST_F(SystemStoreTest, InstallsVerifiesAndRemoves) {
  EXPECT_FALSE(openssl_trusts(root_.get()));
  const auto installed = store().install(root_.get());
  ASSERT_TRUE(installed) << installed.error;
  EXPECT_TRUE(*installed);
  EXPECT_TRUE(holds(root_));
  EXPECT_TRUE(openssl_trusts(root_.get()));
  const auto again = store().install(root_.get());
  ASSERT_TRUE(again) << again.error;
  EXPECT_FALSE(*again);
  const auto removed = store().remove(sha256_of(root_.get()));
  ASSERT_TRUE(removed) << removed.error;
  EXPECT_TRUE(*removed);
  EXPECT_FALSE(holds(root_));
  EXPECT_FALSE(openssl_trusts(root_.get()));
  EXPECT_TRUE(holds(public_.certificate));
  EXPECT_TRUE(fs::is_empty(at("anchors")));
  EXPECT_FALSE(*store().remove(sha256_of(root_.get())));
}

TEST_F(SystemStoreTest, OneThatSomebodyPutThereUnderAnotherNameIsRemovedToo) {
  fs::create_directory(at("anchors") / "ours");
  pki::write_file(at("anchors") / "ours" / "exotap.crt", certificate_pem(root_.get()));
  ASSERT_EQ(pki::run_real(places_.update).exit_code, 0);
  ASSERT_TRUE(holds(root_));
  const auto removed = store().remove(sha256_of(root_.get()));
  ASSERT_TRUE(removed) << removed.error;
  EXPECT_FALSE(holds(root_));
}

TEST_F(SystemStoreTest, ANamesakeStays) {
  const X509Ptr other = pki::namesake(root_.get());
  pki::write_file(at("anchors") / "exotap.crt", certificate_pem(other.get()));
  ASSERT_TRUE(store().install(root_.get()));
  ASSERT_TRUE(holds(other));
  const auto removed = store().remove(sha256_of(root_.get()));
  ASSERT_TRUE(removed) << removed.error;
  EXPECT_FALSE(holds(root_));
  EXPECT_TRUE(holds(other));
}

TEST_F(SystemStoreTest, AFileWithOthersInItIsNotTakenAway) {
  pki::write_file(at("anchors") / "bundle.crt",
                  certificate_pem(root_.get()) + certificate_pem(public_.certificate.get()));
  ASSERT_EQ(pki::run_real(places_.update).exit_code, 0);
  const auto removed = store().remove(sha256_of(root_.get()));
  ASSERT_FALSE(removed);
  EXPECT_THAT(removed.error, HasSubstr(at("anchors").string()));
  EXPECT_TRUE(fs::exists(at("anchors") / "bundle.crt"));
}

TEST_F(SystemStoreTest, AProgramThatFailsIsToldInItsOwnWords) {
  places_.update = {"/bin/sh", "-c", "echo first; echo 'no space left'; exit 3"};
  const auto installed = store().install(root_.get());
  ASSERT_FALSE(installed);
  EXPECT_THAT(installed.error, HasSubstr("ended with 3: no space left"));
}

TEST_F(SystemStoreTest, AProgramThatOnlySaysYesIsFoundOut) {
  places_.update = {"/bin/true"};
  const auto installed = store().install(root_.get());
  ASSERT_FALSE(installed);
  EXPECT_THAT(installed.error, HasSubstr("not in"));
}

class SystemPlacesTest : public testing::Test {
 protected:
  void add_folder(const char* folder) { fs::create_directories(root_.path() / folder); }
  void add_program(const char* program) {
    const fs::path file = root_.path() / program;
    fs::create_directories(file.parent_path());
    pki::write_file(file, "#!/bin/sh\n");
    ::chmod(file.c_str(), 0755);
  }
  pki::ScratchFolder root_;
};

TEST_F(SystemPlacesTest, EverySystemHasItsOwn) {
  EXPECT_FALSE(system_places(root_.path()));
  add_folder("usr/local/share/ca-certificates");
  EXPECT_FALSE(system_places(root_.path()));  // without the program it is only a folder
  add_program("usr/sbin/update-ca-certificates");
  const auto debian = system_places(root_.path());
  ASSERT_TRUE(debian);
  EXPECT_EQ(debian->bundle, root_.path() / "etc/ssl/certs/ca-certificates.crt");
  EXPECT_THAT(
      debian->rebuild,
      testing::ElementsAre((root_.path() / "usr/sbin/update-ca-certificates").string(), "--fresh"));
}

TEST_F(SystemPlacesTest, FedorasIsKnown) {
  add_folder("etc/pki/ca-trust/source/anchors");
  add_program("usr/bin/update-ca-trust");
  const auto fedora = system_places(root_.path());
  ASSERT_TRUE(fedora);
  EXPECT_EQ(fedora->anchors, root_.path() / "etc/pki/ca-trust/source/anchors");
  EXPECT_THAT(fedora->update,
              testing::ElementsAre((root_.path() / "usr/bin/update-ca-trust").string(), "extract"));
}

}  // namespace
}  // namespace exotap
