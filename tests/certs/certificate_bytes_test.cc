#include "certs/certificate_bytes.h"

#include <gtest/gtest.h>

#include <vector>

#include "certs/certificate.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

std::vector<std::uint8_t> der_of(X509* certificate) {
  std::vector<std::uint8_t> der(static_cast<std::size_t>(i2d_X509(certificate, nullptr)));
  unsigned char* at = der.data();
  i2d_X509(certificate, &at);
  return der;
}

TEST(ReadCertificate, TellsWhatDescribeTellsAndTheThumbprint) {
  const pki::Issued issued = pki::issue({});
  std::vector<std::uint8_t> der = der_of(issued.certificate.get());
  const auto read = read_certificate(der);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->record.subject, describe(issued.certificate.get()).subject);
  EXPECT_EQ(read->record.sha256, describe(issued.certificate.get()).sha256);
  EXPECT_EQ(read->sha1.size(), 40U);
  EXPECT_EQ(read->sha1.find_first_not_of("0123456789abcdef"), std::string::npos);

  // The digest is the certificate's, not that of what trails behind it.
  der.push_back(0);
  const auto trailed = read_certificate(der);
  ASSERT_TRUE(trailed.has_value());
  EXPECT_EQ(trailed->sha1, read->sha1);
}

TEST(ReadCertificate, RefusesWhatIsNoneOrTooLarge) {
  std::vector<std::uint8_t> der = der_of(pki::issue({}).certificate.get());
  EXPECT_FALSE(read_certificate({}).has_value());
  EXPECT_FALSE(read_certificate(std::span(der).first(der.size() - 1)).has_value());
  der.resize(kMaxCertificateBytes + 1);
  EXPECT_FALSE(read_certificate(der).has_value());
}

}  // namespace
}  // namespace exotap
