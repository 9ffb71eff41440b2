#include "decoders/federation/signing_certificate.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/signin/saml_summary.h"
#include "tests/decoders/federation/certificate_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::expect_never_told;
using testing::kSigningCertificate;

constexpr CertificateFacts kSpecs{fact::kSamlCertificateSubject,    fact::kSamlCertificateIssuer,
                                  fact::kSamlCertificateNotBefore,  fact::kSamlCertificateNotAfter,
                                  fact::kSamlCertificateThumbprint, fact::kSamlCertificateSha256};

TEST(SigningCertificate, TellsWhatAdministratorsCompare) {
  Facts facts;
  std::string lines(kSigningCertificate);
  lines.insert(64, "\n  ");
  ASSERT_TRUE(state_certificate(kSpecs, lines, facts));
  expect_facts(facts, {{"saml.certificate.subject", "CN=ADFS Signing - sts.contoso.com"},
                       {"saml.certificate.issuer", "CN=ADFS Signing - sts.contoso.com"},
                       {"saml.certificate.not_before", "2025-03-01T00:00:00Z"},
                       {"saml.certificate.not_after", "2026-03-01T00:00:00Z"},
                       {"saml.certificate.thumbprint", testing::kSigningThumbprint},
                       {"saml.certificate.sha256", testing::kSigningSha256}});
  EXPECT_EQ(facts.size(), 6U);
  expect_never_told(facts, "MIIB");
}

TEST(SigningCertificate, OfAnythingElseStatesNothing) {
  Facts facts;
  EXPECT_FALSE(state_certificate(kSpecs, "", facts));
  EXPECT_FALSE(state_certificate(kSpecs, "CANARY", facts));
  EXPECT_FALSE(state_certificate(kSpecs, kSigningCertificate.substr(0, 200), facts));
  EXPECT_FALSE(state_certificate(kSpecs, std::string(60000, 'A'), facts));
  EXPECT_TRUE(facts.empty());
}

}  // namespace
}  // namespace exotap
