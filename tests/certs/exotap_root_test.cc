#include "certs/exotap_root.h"

#include <gmock/gmock.h>

#include "certs/authority.h"
#include "tests/certs/real_programs.h"

namespace exotap {
namespace {

using testing::HasSubstr;

TEST(ExotapRoot, IsToldByWhatItCarriesAndNotByItsName) {
  const X509Ptr root = pki::new_root();
  EXPECT_TRUE(is_exotap_root(root.get()));
  EXPECT_FALSE(is_exotap_root(pki::namesake(root.get()).get()));
  EXPECT_FALSE(
      is_exotap_root(pki::issue_authority("exotap root on x 2026-01-01 abc").certificate.get()));
  EXPECT_FALSE(is_exotap_root(nullptr));
}

TEST(ExotapRoot, ACopyOfTheCommentUnderAnotherSignatureIsNotEnough) {
  const X509Ptr root = pki::new_root();
  const KeyPtr other(EVP_EC_gen("P-256"));
  X509_sign(root.get(), other.get(), EVP_sha256());  // the key in it is no longer the signer's
  EXPECT_FALSE(is_exotap_root(root.get()));
}

TEST(ExotapRoot, WhatIsIssuedUnderItIsNoRoot) {
  const std::vector<std::string> names = {"contoso.com"};
  const auto made = make_authority(names, "host", std::chrono::system_clock::now());
  ASSERT_TRUE(made);
  EXPECT_FALSE(is_exotap_root(made->issuing.get()));
}

TEST(ExotapRoot, NamesItsMachine) {
  EXPECT_EQ(machine_of_root(pki::new_root("mail.contoso.com").get()), "mail");
  EXPECT_EQ(machine_of_root(pki::new_root("").get()), "this machine");
  EXPECT_EQ(machine_in_names("mail.contoso.com"), "mail");
  EXPECT_EQ(machine_in_names(std::string(40, 'x')).size(), 20U);
  EXPECT_EQ(machine_of_root(pki::issue_authority("other").certificate.get()), "");
}

TEST(ExotapRoot, IsReadFromItsFolderWithoutTheKey) {
  const pki::ScratchFolder folder;
  EXPECT_THAT(read_exotap_root(folder.path()).error, HasSubstr("exotap ca create"));
  const X509Ptr root = pki::new_root();
  pki::write_file(folder.path() / "ca.pem", certificate_pem(root.get()));
  const auto now = std::chrono::system_clock::now();
  const auto read = read_exotap_root(folder.path(), now);
  ASSERT_TRUE(read) << read.error;
  EXPECT_EQ(sha256_of(read->get()), sha256_of(root.get()));
  EXPECT_THAT(read_exotap_root(folder.path(), now + std::chrono::days(92)).error,
              HasSubstr("expired"));
  EXPECT_THAT(read_exotap_root(folder.path(), now - std::chrono::days(2)).error,
              HasSubstr("clock"));
  pki::write_file(folder.path() / "ca.pem",
                  certificate_pem(pki::issue_authority("other").certificate.get()));
  EXPECT_THAT(read_exotap_root(folder.path()).error, HasSubstr("no root of exotap's"));
}

TEST(Fingerprint, IsReadAsPeopleWriteIt) {
  const std::string hex = sha256_of(pki::new_root().get());
  EXPECT_EQ(parse_fingerprint(hex), hex);
  EXPECT_EQ(parse_fingerprint(fingerprint_text(hex)), hex);
  EXPECT_FALSE(parse_fingerprint(hex.substr(1)));
  EXPECT_FALSE(parse_fingerprint(hex + "a"));
  EXPECT_FALSE(parse_fingerprint("sha256:" + hex));
  EXPECT_FALSE(parse_fingerprint(""));
}

}  // namespace
}  // namespace exotap
