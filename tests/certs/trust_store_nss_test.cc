#include "certs/trust_store_nss.h"

#include <gmock/gmock.h>

#include "tests/certs/real_programs.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(NssList, IsReadByItsLastColumn) {
  EXPECT_THAT(parse_nss_list("\nCertificate Nickname                  Trust Attributes\n"
                             "                                      SSL,S/MIME,JAR/XPI\n\n"
                             "exotap root 0123456789abcdef          C,,  \n"
                             "a name, with commas                   CT,C,c\n"
                             "nothing                               ,,   \n"),
              ElementsAre(NssEntry{"exotap root 0123456789abcdef", "C,,"},
                          NssEntry{"a name, with commas", "CT,C,c"}, NssEntry{"nothing", ",,"}));
  EXPECT_THAT(parse_nss_list(""), IsEmpty());
  EXPECT_THAT(parse_nss_list("C,,\n   C,,\nno flags\n"), IsEmpty());
}

TEST(NssList, OnlyCInTheFirstPartIsTrustInServers) {
  EXPECT_TRUE(trusts_servers("C,,"));
  EXPECT_TRUE(trusts_servers("CT,C,c"));
  EXPECT_FALSE(trusts_servers(",C,"));
  EXPECT_FALSE(trusts_servers("c,,"));
  EXPECT_FALSE(trusts_servers("p,,"));
}

class NssStoreTest : public pki::NssFixture {
 protected:
  [[nodiscard]] NssStore store() const {
    return {database(), "certutil", folder_.path(), pki::run_real};
  }
  [[nodiscard]] static const StoredRoot* find(const Outcome<std::vector<StoredRoot>>& roots,
                                              const X509Ptr& wanted) {
    EXPECT_TRUE(roots) << roots.error;
    for (const StoredRoot& one : *roots) {
      if (one.sha256 == sha256_of(wanted.get())) return &one;
    }
    return nullptr;
  }
  [[nodiscard]] bool trusts(const X509Ptr& root) const {
    const auto roots = store().roots();
    const StoredRoot* found = find(roots, root);
    return found != nullptr && found->trusted;
  }
  [[nodiscard]] bool holds(const X509Ptr& root) const {
    const auto roots = store().roots();
    return find(roots, root) != nullptr;
  }

  const X509Ptr root_ = pki::new_root();
};

TEST_F(NssStoreTest, InstallsVerifiesAndRemoves) {
  const auto installed = store().install(root_.get());
  ASSERT_TRUE(installed) << installed.error;
  EXPECT_TRUE(*installed);
  EXPECT_TRUE(trusts(root_));
  EXPECT_THAT(list(), HasSubstr("C,,"));
  EXPECT_THAT(certutil({"-L", "-n", "exotap root " + sha256_of(root_.get()).substr(0, 16)}).output,
              HasSubstr("Trusted CA"));
  const auto again = store().install(root_.get());
  ASSERT_TRUE(again) << again.error;
  EXPECT_FALSE(*again);
  const auto removed = store().remove(sha256_of(root_.get()));
  ASSERT_TRUE(removed) << removed.error;
  EXPECT_TRUE(*removed);
  EXPECT_FALSE(holds(root_));
  const auto twice = store().remove(sha256_of(root_.get()));
  ASSERT_TRUE(twice) << twice.error;
  EXPECT_FALSE(*twice);
}

TEST_F(NssStoreTest, OneThatIsThereWithoutTrustIsTrustedThen) {
  put(root_.get(), "by hand", ",,");
  EXPECT_FALSE(trusts(root_));
  const auto installed = store().install(root_.get());
  ASSERT_TRUE(installed) << installed.error;
  EXPECT_TRUE(*installed);
  EXPECT_TRUE(trusts(root_));
}

TEST_F(NssStoreTest, ANicknameThatIsTakenIsLeftToItsOwner) {
  const pki::Issued other = pki::issue_authority("somebody else's");
  const std::string nickname = "exotap root " + sha256_of(root_.get()).substr(0, 16);
  put(other.certificate.get(), nickname, "C,C,");
  ASSERT_TRUE(store().install(root_.get()));
  EXPECT_TRUE(trusts(root_));
  EXPECT_TRUE(trusts(other.certificate));
  const auto removed = store().remove(sha256_of(root_.get()));
  ASSERT_TRUE(removed) << removed.error;
  EXPECT_FALSE(holds(root_));
  EXPECT_TRUE(trusts(other.certificate));
  EXPECT_THAT(parse_nss_list(list()), ElementsAre(NssEntry{nickname, "C,C,"}));
}

TEST_F(NssStoreTest, ANamesakeOfAnotherKeyStaysWhateverItsNickname) {
  const X509Ptr other = pki::namesake(root_.get());
  for (const std::string& nickname :
       {"exotap root " + sha256_of(root_.get()).substr(0, 16), std::string("theirs")}) {
    ASSERT_TRUE(store().install(root_.get()));
    put(other.get(), nickname, ",,");
    EXPECT_TRUE(trusts(root_));
    EXPECT_TRUE(holds(other));
    EXPECT_FALSE(trusts(other)) << "the trust of one is not the other's";
    const auto removed = store().remove(sha256_of(root_.get()));
    ASSERT_TRUE(removed) << removed.error;
    EXPECT_FALSE(holds(root_));
    EXPECT_TRUE(holds(other)) << nickname;
    EXPECT_FALSE(trusts(other));
    ASSERT_TRUE(store().remove(sha256_of(other.get())));
  }
}

TEST_F(NssStoreTest, ADatabaseWithAPasswordIsNamedAndNothingIsLeftInIt) {
  pki::write_file(folder_.path() / "old", "\n");
  pki::write_file(folder_.path() / "new", "secret\n");
  ASSERT_EQ(certutil({"-W", "-f", (folder_.path() / "old").string(), "-@",
                      (folder_.path() / "new").string()})
                .exit_code,
            0);
  const auto installed = store().install(root_.get());
  ASSERT_FALSE(installed);
  EXPECT_THAT(installed.error, HasSubstr("password"));
  EXPECT_FALSE(holds(root_));
}

TEST_F(NssStoreTest, AnErrorOfCertutilsIsItsOwnSentence) {
  NssStore nowhere(folder_.path() / "no-such", "certutil", folder_.path(), pki::run_real);
  const auto roots = nowhere.roots();
  ASSERT_FALSE(roots);
  EXPECT_THAT(roots.error, Not(HasSubstr("\n")));
  EXPECT_THAT(roots.error, Not(IsEmpty()));
}

TEST_F(NssStoreTest, MakesAnEmptyDatabaseForItsOwnerAlone) {
  const std::filesystem::path place = folder_.path() / "a" / "nssdb";
  NssStore fresh(place, "certutil", folder_.path(), pki::run_real);
  EXPECT_EQ(fresh.make(), "");
  EXPECT_TRUE(std::filesystem::exists(place / "cert9.db"));
  EXPECT_EQ(std::filesystem::status(place).permissions(), std::filesystem::perms::owner_all);
  ASSERT_TRUE(fresh.install(root_.get()));
  EXPECT_EQ(fresh.make(), "");
  EXPECT_FALSE(*fresh.install(root_.get()));
}

}  // namespace
}  // namespace exotap
