#include "certs/authority_making.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "certs/authority.h"
#include "certs/certificate.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::HasSubstr;

const std::vector<std::string> kNames = {"contoso.com"};
const WallTime kToday{std::chrono::seconds(1'795'000'000)};  // 18 Nov 2026

AuthorityParts make(const std::string& machine = "desk7.contoso.com") {
  Outcome<AuthorityParts> made = make_authority(kNames, machine, kToday);
  EXPECT_TRUE(made) << made.error;
  return std::move(*made);
}

TEST(MakeAuthority, TheRootSignsTheIssuingCertificateAndNothingElse) {
  const AuthorityParts parts = make();
  EXPECT_EQ(X509_verify(parts.root.get(), X509_get0_pubkey(parts.root.get())), 1);
  EXPECT_EQ(X509_verify(parts.issuing.get(), X509_get0_pubkey(parts.root.get())), 1);
  EXPECT_EQ(X509_check_private_key(parts.issuing.get(), parts.issuing_key.get()), 1);
  EXPECT_NE(X509_check_private_key(parts.root.get(), parts.issuing_key.get()), 1)
      << "the key that is kept must not be the root's";
}

TEST(MakeAuthority, TheIssuingCertificateIsConstrained) {
  const AuthorityParts parts = make();
  X509* issuing = parts.issuing.get();
  EXPECT_EQ(read_name_constraints(issuing), kNames);
  EXPECT_EQ(X509_get_pathlen(issuing), 0);
  EXPECT_EQ(X509_check_ca(issuing), 1);
  EXPECT_EQ(X509_get_extended_key_usage(issuing), static_cast<std::uint32_t>(XKU_SSL_SERVER));
  EXPECT_EQ(X509_get_key_usage(issuing),
            static_cast<std::uint32_t>(KU_KEY_CERT_SIGN | KU_CRL_SIGN));
  for (const int nid : {NID_basic_constraints, NID_key_usage, NID_name_constraints}) {
    const int at = X509_get_ext_by_NID(issuing, nid, -1);
    ASSERT_GE(at, 0) << OBJ_nid2sn(nid);
    EXPECT_EQ(X509_EXTENSION_get_critical(X509_get_ext(issuing, at)), 1) << OBJ_nid2sn(nid);
  }
}

TEST(MakeAuthority, LivesShortAndTheRootLongest) {
  const AuthorityParts parts = make();
  const CertificateRecord root = describe(parts.root.get());
  const CertificateRecord issuing = describe(parts.issuing.get());
  EXPECT_EQ(issuing.not_before, 1'795'000'000 - pki::kDay);
  EXPECT_EQ(issuing.not_after, 1'795'000'000 + 90 * pki::kDay);
  EXPECT_EQ(root.not_after, 1'795'000'000 + 91 * pki::kDay);
}

TEST(MakeAuthority, ItsNameTellsMachineAndDay) {
  const AuthorityParts parts = make();
  EXPECT_THAT(describe(parts.root.get()).subject, HasSubstr("exotap root on desk7 2026-11-18"));
  EXPECT_THAT(describe(parts.issuing.get()).subject,
              HasSubstr("exotap issuing on desk7 2026-11-18"));
}

TEST(MakeAuthority, AnyMachineNameWillDo) {
  for (const std::string& name :
       {std::string(), std::string(300, 'x'), std::string("\n\xff ,=+")}) {
    const AuthorityParts parts = make(name);
    ASSERT_NE(parts.issuing, nullptr);
    EXPECT_LE(describe(parts.issuing.get()).subject_common_name.size(), 64U);
  }
}

TEST(MakeAuthority, NoTwoAreAlike) {
  const CertificateRecord one = describe(make().root.get());
  const CertificateRecord two = describe(make().root.get());
  EXPECT_NE(one.subject, two.subject);
  EXPECT_NE(one.serial, two.serial);
  EXPECT_NE(one.sha256, two.sha256);
}

}  // namespace
}  // namespace exotap
