#include "tests/app/doctor/world.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class RootChecks : public DoctorFixture {
 protected:
  void make_authority_here() {
    const std::vector<std::string> names = {"contoso.com"};
    ASSERT_TRUE(Authority::create(authority_folder(), names, Authority::Replace::yes));
  }
  void trust(X509* root) {
    NssStore store = nss();
    ASSERT_EQ(store.make(), "");
    const auto done = store.install(root);
    ASSERT_TRUE(done) << done.error;
  }
};

TEST_F(RootChecks, AMachineWithoutExotapIsWell) {
  EXPECT_THAT(look(check_authority), ElementsAre(begins("ok authority: none yet")));
  EXPECT_THAT(look(check_trusted_roots), ElementsAre(begins("ok trusted roots: no root of")));
}

TEST_F(RootChecks, AnAuthorityThatIsTrustedIsWell) {
  make_authority_here();
  trust(Authority::open(authority_folder())->root());
  EXPECT_THAT(look(check_authority), ElementsAre(begins("ok authority: CN=exotap root")));
  EXPECT_THAT(look(check_trusted_roots),
              ElementsAre(HasSubstr("exotap's root is trusted by NSS " + database().string()),
                          begins("ok trusted roots: no root of")));
}

TEST_F(RootChecks, AnAuthorityThatNobodyTrustsIsWorthKnowing) {
  make_authority_here();
  EXPECT_THAT(look(check_trusted_roots), Contains(AllOf(begins("note trusted roots: no store"),
                                                        HasSubstr("exotap ca install"))));
}

TEST_F(RootChecks, AnAuthorityNearItsEndIsWorthKnowingAndAnExpiredOneIsAProblem) {
  make_authority_here();
  doctor_.now += std::chrono::days(80);
  EXPECT_THAT(look(check_authority), ElementsAre(AllOf(begins("note authority: it expires on"),
                                                       HasSubstr("exotap ca create --force"))));
  doctor_.now += std::chrono::days(20);
  EXPECT_THAT(look(check_authority),
              ElementsAre(AllOf(begins("problem authority: "), HasSubstr("expired on"),
                                HasSubstr("exotap ca create --force"))));
}

TEST_F(RootChecks, AKeyThatOthersMayReadIsAProblem) {
  make_authority_here();
  std::filesystem::permissions(authority_folder() / "issuing.key",
                               std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_THAT(look(check_authority), ElementsAre(begins("problem authority: ")));
}

TEST_F(RootChecks, ARootOfAnAuthorityThatIsGoneIsAProblem) {
  const X509Ptr root = make_root();
  trust(root.get());
  std::filesystem::remove_all(authority_folder());
  EXPECT_THAT(look(check_trusted_roots),
              ElementsAre(AllOf(begins("problem trusted roots: exotap root on testhost"),
                                HasSubstr("NSS " + database().string()), HasSubstr("or gone"),
                                HasSubstr("--fingerprint " + sha256_of(root.get())))));
}

TEST_F(RootChecks, ARootOfAnAuthorityThatWasMadeAnewIsAProblemAndOneOfAnotherMachineToo) {
  trust(make_root().get());
  trust(pki::new_root("otherhost").get());
  (void)make_root();
  EXPECT_THAT(look(check_trusted_roots), AllOf(Contains(HasSubstr("is another one or gone")),
                                               Contains(HasSubstr("on another machine"))));
}

TEST_F(RootChecks, WhatHasExpiredOnlyIsWorthKnowing) {
  trust(pki::new_root().get());
  doctor_.now += std::chrono::days(200);
  EXPECT_THAT(look(check_trusted_roots), Each(Not(begins("problem"))));
  EXPECT_THAT(look(check_trusted_roots), Contains(begins("note trusted roots: exotap root on")));
}

TEST_F(RootChecks, OtherToolsRootsAreProblemsInBrowsersAndInTheSystem) {
  const pki::Issued burp = pki::issue_authority("PortSwigger CA");
  const pki::Issued dell = pki::issue_authority("eDellRoot");
  trust(burp.certificate.get());
  ASSERT_TRUE(system()->install(dell.certificate.get()));
  EXPECT_THAT(look(check_trusted_roots),
              AllOf(Contains(AllOf(begins("problem"), HasSubstr("Burp Suite"), HasSubstr("NSS"))),
                    Contains(AllOf(begins("problem"), HasSubstr("private key is public"),
                                   HasSubstr("system store")))));
}

TEST_F(RootChecks, OneThatIsThereAndNotTrustedIsNone) {
  const pki::Issued burp = pki::issue_authority("PortSwigger CA");
  NssStore store = nss();
  ASSERT_EQ(store.make(), "");
  pki::write_file(at("burp.pem"), certificate_pem(burp.certificate.get()));
  ASSERT_EQ(run_program_to_end({"certutil", "-A", "-d", "sql:" + database().string(), "-n", "burp",
                                "-t", ",,", "-i", at("burp.pem").string()})
                .exit_code,
            0);
  EXPECT_THAT(look(check_trusted_roots), ElementsAre(begins("ok ")));
}

TEST_F(RootChecks, WhatCannotBeLookedIntoIsSaid) {
  ASSERT_EQ(nss().make(), "");
  world_.certutil.clear();
  world_.system.reset();
  EXPECT_THAT(look(check_trusted_roots),
              AllOf(Contains(HasSubstr("certutil is not installed")),
                    Contains(HasSubstr("exotap does not know it")), Each(Not(begins("problem")))));
}

}  // namespace
}  // namespace exotap
