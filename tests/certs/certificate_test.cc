#include "certs/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::vector<std::uint8_t> der_of(X509* certificate) {
  std::vector<std::uint8_t> der(static_cast<std::size_t>(i2d_X509(certificate, nullptr)));
  unsigned char* at = der.data();
  i2d_X509(certificate, &at);
  return der;
}

TEST(Describe, TellsWhatACertificateSays) {
  const pki::Issued root = pki::issue_authority("Contoso Root");
  pki::Wish wish;
  wish.common_name = "sts.contoso.com";
  wish.alternative_names = "DNS:sts.contoso.com,DNS:*.contoso.com,IP:10.1.2.3,IP:fe80::1:0";
  wish.not_before = 1'700'000'000;
  wish.not_after = 2'600'000'000;  // beyond 2050, where the encoding changes
  wish.issuer_url = "http://pki.contoso.com/root.cer";
  const pki::Issued leaf = pki::issue(wish, &root);
  const CertificateRecord record = describe(leaf.certificate.get());
  EXPECT_EQ(record.subject, "CN=sts.contoso.com");
  EXPECT_EQ(record.subject_common_name, "sts.contoso.com");
  EXPECT_EQ(record.issuer, "CN=Contoso Root");
  EXPECT_EQ(record.issuer_common_name, "Contoso Root");
  EXPECT_THAT(record.dns_names, ElementsAre("sts.contoso.com", "*.contoso.com"));
  EXPECT_THAT(record.ip_addresses, ElementsAre("10.1.2.3", "fe80:0:0:0:0:0:1:0"));
  EXPECT_EQ(record.not_before, 1'700'000'000);
  EXPECT_EQ(record.not_after, 2'600'000'000);
  EXPECT_THAT(record.serial, SizeIs(32));
  EXPECT_THAT(record.sha256, SizeIs(64));
  EXPECT_EQ(record.key_type, "EC");
  EXPECT_EQ(record.key_bits, 256);
  EXPECT_EQ(record.signature_algorithm, "ecdsa-with-SHA256");
  EXPECT_FALSE(record.self_signed);
  EXPECT_FALSE(record.is_ca);
  EXPECT_TRUE(record.has_issuer_url);
}

TEST(Describe, KnowsAnAuthority) {
  const CertificateRecord record = describe(pki::issue_authority("Root").certificate.get());
  EXPECT_TRUE(record.self_signed);
  EXPECT_TRUE(record.is_ca);
  EXPECT_FALSE(record.has_issuer_url);
}

TEST(Describe, AnLdapAddressIsNotOneToFetchFrom) {
  pki::Wish wish;
  wish.issuer_url = "ldap:///CN=Contoso";
  EXPECT_FALSE(describe(pki::issue(wish).certificate.get()).has_issuer_url);
}

TEST(Describe, KeepsLettersAndDropsControls) {
  pki::Wish wish;
  wish.common_name = "M\xc3\xbcnchen \x1b[31m\n";
  const CertificateRecord record = describe(pki::issue(wish).certificate.get());
  EXPECT_EQ(record.subject_common_name, "M\xc3\xbcnchen ?[31m?");
  EXPECT_THAT(record.subject, HasSubstr("M\xc3\xbcnchen"));
  EXPECT_EQ(record.subject.find('\x1b'), std::string::npos);
}

TEST(Describe, ANameWithAHiddenEndIsShownWhole) {
  pki::Wish wish;
  wish.dns_names = {std::string("outlook.office365.com\0.evil.example", 35), "caf\xe9.example"};
  EXPECT_THAT(describe(pki::issue(wish).certificate.get()).dns_names,
              ElementsAre("outlook.office365.com?.evil.example", "caf?.example"));
}

TEST(Describe, BoundsWhatServersMakeLarge) {
  pki::Wish wish;
  for (int i = 0; i < 300; ++i) wish.dns_names.push_back("h" + std::to_string(i) + ".example");
  wish.dns_names.front() = std::string(5000, 'a');
  const CertificateRecord record = describe(pki::issue(wish).certificate.get());
  EXPECT_THAT(record.dns_names, SizeIs(kMaxAlternativeNames));
  EXPECT_THAT(record.dns_names.front(), SizeIs(kMaxCertificateText));
}

TEST(Describe, CutsOnACharactersBoundary) {
  for (const char* first : {"a", "aa"}) {  // one of them lets the bound fall inside a letter
    const pki::Issued issued = pki::issue({});
    X509_NAME* name = X509_get_subject_name(issued.certificate.get());
    for (int i = 0; i < 20; ++i) {
      std::string unit = i == 19 ? first : "";
      for (int j = 0; j < 30; ++j) unit += "\xc3\xbc";
      X509_NAME_add_entry_by_txt(name, "OU", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(unit.c_str()), -1, -1, 0);
    }
    const std::string subject = describe(issued.certificate.get()).subject;
    EXPECT_LE(subject.size(), kMaxCertificateText);
    EXPECT_GT(subject.size(), kMaxCertificateText - 4);
    EXPECT_NE(static_cast<unsigned char>(subject.back()), 0xC3) << first;
  }
}

TEST(DescribeDer, ReadsWhatDescribeDoes) {
  const pki::Issued issued = pki::issue({});
  const std::vector<std::uint8_t> der = der_of(issued.certificate.get());
  const auto record = describe_der(der);
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->sha256, describe(issued.certificate.get()).sha256);
}

TEST(DescribeDer, RefusesWhatIsNoneOrTooLarge) {
  std::vector<std::uint8_t> der = der_of(pki::issue({}).certificate.get());
  EXPECT_FALSE(describe_der({}).has_value());
  EXPECT_FALSE(describe_der(std::span(der).first(der.size() - 1)).has_value());
  der.resize(kMaxCertificateBytes + 1);
  EXPECT_FALSE(describe_der(der).has_value());
}

}  // namespace
}  // namespace exotap
