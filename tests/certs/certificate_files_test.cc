#include "certs/certificate_files.h"

#include <gtest/gtest.h>

#include "certs/certificate.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

TEST(CertificateFiles, ABundleIsReadWholeWhateverStandsBetween) {
  const pki::Issued one = pki::issue_authority("one");
  const pki::Issued two = pki::issue_authority("two");
  const std::string text = "# comment\n" + certificate_pem(one.certificate.get()) + "two:\n\n" +
                           certificate_pem(two.certificate.get());
  const std::vector<X509Ptr> found = certificates_in(text);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(sha256_of(found[1].get()), sha256_of(two.certificate.get()));
}

TEST(CertificateFiles, WhatIsNoCertificateEndsTheList) {
  EXPECT_TRUE(certificates_in("").empty());
  EXPECT_TRUE(certificates_in("nothing here\n").empty());
  const pki::Issued one = pki::issue_authority("one");
  const std::string broken = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  EXPECT_EQ(certificates_in(certificate_pem(one.certificate.get()) + broken).size(), 1U);
  EXPECT_TRUE(certificates_in(std::string(kMaxBundleBytes + 1, 'x')).empty());
}

TEST(CertificateFiles, AFileThatIsNotThereIsAnError) {
  const pki::ScratchFolder folder;
  const auto absent = read_certificates(folder.path() / "no.pem");
  ASSERT_FALSE(absent);
  EXPECT_NE(absent.error.find("no.pem"), std::string::npos);
  EXPECT_FALSE(read_certificates(folder.path()));
  pki::write_file(folder.path() / "empty.pem", "");
  const auto empty = read_certificates(folder.path() / "empty.pem");
  ASSERT_TRUE(empty) << empty.error;
  EXPECT_TRUE(empty->empty());
}

TEST(CertificateFiles, DigestsAreThoseOfTheRecord) {
  const pki::Issued one = pki::issue_authority("one");
  EXPECT_EQ(sha256_of(one.certificate.get()), describe(one.certificate.get()).sha256);
  EXPECT_EQ(sha1_of(one.certificate.get()).size(), 40U);
  EXPECT_EQ(sha256_of(nullptr), "");
}

}  // namespace
}  // namespace exotap
