#include "decoders/tls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using namespace testing;
using namespace fact;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kNow = 1'760'000'000;  // 2025-10-09T08:53:20Z

Facts decoded(const Exchange& exchange) {
  Facts facts;
  EXPECT_TRUE(kTlsDecoder.recognises(exchange));
  kTlsDecoder.decode(exchange, facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    EXPECT_THAT(kTlsDecoder.emits, ::testing::Contains(facts[i].spec));
  }
  return facts;
}

std::vector<std::string> all(const Facts& facts, const FactSpec& spec) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].spec == &spec) values.emplace_back(facts[i].text);
  }
  return values;
}

Exchange connect() {
  Exchange made =
      exchange("CONNECT sts.contoso.com:443 HTTP/1.1\nHost: sts.contoso.com:443\n\n", "");
  made.is_connect = true;
  made.sequence = 0;
  made.started = WallTime{} + std::chrono::seconds(kNow);
  made.tls.attempted = true;
  made.tls.client_sni = "sts.contoso.com";
  made.tls.client_max_version = "1.3";
  return made;
}

CertificateRecord leaf() {
  CertificateRecord made;
  made.subject_common_name = "sts.contoso.com";
  made.subject_organization = "Contoso";
  made.issuer = "CN=Contoso CA,O=Contoso";
  made.issuer_common_name = "Contoso CA";
  made.issuer_organization = "Contoso";
  made.dns_names = {"sts.contoso.com", "certauth.sts.contoso.com"};
  made.ip_addresses = {"192.0.2.1"};
  made.not_before = kNow - 100 * kDay;
  made.not_after = kNow + 30 * kDay + 5;
  made.serial = "0a1b";
  made.sha256 = "abcd";
  made.key_type = "RSA";
  made.key_bits = 2048;
  made.signature_algorithm = "sha256WithRSAEncryption";
  return made;
}

TEST(Tls, AFinishedHandshakeWithItsCertificate) {
  Exchange made = connect();
  made.tls.established = true;
  made.tls.version = "1.3";
  made.tls.cipher = "TLS_AES_256_GCM_SHA384";
  made.tls.alpn = "http/1.1";
  made.tls.chain = {leaf(), leaf()};
  const Facts facts = decoded(made);
  EXPECT_TRUE(facts.is_true(kTlsEstablished));
  EXPECT_EQ(facts.number(kTlsResumed), 0);
  EXPECT_EQ(facts.text(kTlsVersion), "1.3");
  EXPECT_EQ(facts.text(kTlsCipher), "TLS_AES_256_GCM_SHA384");
  EXPECT_EQ(facts.text(kTlsNextProtocol), "http/1.1");
  EXPECT_EQ(facts.text(kTlsClientServerName), "sts.contoso.com");
  EXPECT_EQ(facts.text(kTlsClientMaxVersion), "1.3");
  EXPECT_TRUE(facts.is_true(kTlsCertificateReceived));
  EXPECT_EQ(facts.number(kTlsCertificateChainLength), 2);
  EXPECT_FALSE(facts.has(kTlsCertificateProblem));
  EXPECT_EQ(facts.text(kX509SubjectCommonName), "sts.contoso.com");
  EXPECT_EQ(facts.text(kX509SubjectOrganization), "Contoso");
  EXPECT_EQ(facts.text(kX509IssuerCommonName), "Contoso CA");
  EXPECT_EQ(facts.text(kX509IssuerOrganization), "Contoso");
  EXPECT_EQ(facts.text(kX509IssuerDistinguishedName), "CN=Contoso CA,O=Contoso");
  EXPECT_THAT(all(facts, kX509AlternativeNames),
              ElementsAre("sts.contoso.com", "certauth.sts.contoso.com", "192.0.2.1"));
  EXPECT_EQ(facts.text(kX509NotBefore), "2025-07-01T08:53:20Z");
  EXPECT_EQ(facts.text(kX509NotAfter), "2025-11-08T08:53:25Z");
  EXPECT_EQ(facts.text(kX509SerialNumber), "0a1b");
  EXPECT_EQ(facts.text(kX509PublicKeyAlgorithm), "RSA");
  EXPECT_EQ(facts.number(kX509PublicKeySize), 2048);
  EXPECT_EQ(facts.text(kX509SignatureAlgorithm), "sha256WithRSAEncryption");
  EXPECT_EQ(facts.text(kTlsServerHashSha256), "abcd");
  EXPECT_EQ(facts.number(kTlsCertificateSelfSigned), 0);
  EXPECT_EQ(facts.number(kTlsCertificateIsCa), 0);
}

// The mistake exotap was made to avoid: a blocked port told as a bad certificate.
TEST(Tls, WithoutACertificateNothingIsSaidAboutOne) {
  Exchange made = connect();
  made.fault = {FaultType::tls, Stage::tls, "ECONNRESET", ""};
  made.tls.problems = {CertificateProblem::expired};
  made.tls.verify_detail = "never to be seen";
  const Facts facts = decoded(made);
  EXPECT_EQ(facts.number(kTlsCertificateReceived), 0);
  EXPECT_EQ(facts.number(kTlsEstablished), 0);
  EXPECT_FALSE(facts.has(kTlsResumed));
  for (const FactSpec* spec :
       {&kTlsCertificateProblem, &kTlsCertificateDetail, &kTlsCertificateDaysLeft,
        &kTlsCertificateSelfSigned, &kX509NotAfter, &kTlsServerHashSha256}) {
    EXPECT_FALSE(facts.has(*spec)) << spec->name;
  }
}

TEST(Tls, EveryProblemHasItsWord) {
  Exchange made = connect();
  made.tls.chain = {leaf()};
  made.tls.verify_detail = "certificate has expired";
  using P = CertificateProblem;
  made.tls.problems = {
      P::expired,          P::not_yet_valid, P::wrong_name, P::self_signed, P::untrusted_issuer,
      P::incomplete_chain, P::wrong_usage,   P::weak,       P::revoked,     P::other};
  const Facts facts = decoded(made);
  EXPECT_THAT(
      all(facts, kTlsCertificateProblem),
      ElementsAre("expired", "not_yet_valid", "wrong_name", "self_signed", "untrusted_issuer",
                  "incomplete_chain", "wrong_usage", "weak", "revoked", "other"));
  EXPECT_EQ(facts.text(kTlsCertificateDetail), "certificate has expired");
}

std::int64_t days_left(std::int64_t not_after) {
  Exchange made = connect();
  made.tls.chain = {leaf()};
  made.tls.chain.front().not_after = not_after;
  return decoded(made).number(kTlsCertificateDaysLeft).value_or(12345678);
}

TEST(Tls, AStapleIsStatedBesideItsCertificate) {
  Exchange made = connect();
  made.tls.staple.emplace();
  made.tls.staple->status = "revoked";
  made.tls.staple->verified = true;
  made.tls.staple->revoked_at = kNow - kDay;
  made.tls.staple->reason = "keyCompromise";
  EXPECT_THAT(all(decoded(made), kTlsOcspStatus), ::testing::IsEmpty())
      << "no certificate, no staple";
  made.tls.chain.emplace_back();
  const Facts facts = decoded(made);
  EXPECT_THAT(all(facts, kTlsOcspStatus), ElementsAre("revoked"));
  EXPECT_TRUE(facts.is_true(kTlsOcspVerified));
  EXPECT_THAT(all(facts, kTlsOcspRevokedAt), ElementsAre("2025-10-08T08:53:20Z"));
  EXPECT_THAT(all(facts, kTlsOcspReason), ElementsAre("keyCompromise"));
  EXPECT_THAT(all(facts, kTlsOcspNextUpdate), ::testing::IsEmpty());
  made.tls.staple->status = "good";
  EXPECT_FALSE(decoded(made).is_true(kTlsOcspVerified));
}

TEST(Tls, DaysLeftAreWholeAndNegativeOncePast) {
  EXPECT_EQ(days_left(kNow + 30 * kDay + 5), 30);
  EXPECT_EQ(days_left(kNow + kDay - 1), 0);
  EXPECT_EQ(days_left(kNow), 0);
  EXPECT_EQ(days_left(kNow - 1), -1);
  EXPECT_EQ(days_left(kNow - kDay), -1);
  EXPECT_EQ(days_left(kNow - kDay - 1), -2);
}

TEST(Tls, TimesBeyondTheCalendarBreakNothing) {
  EXPECT_GT(days_left(std::numeric_limits<std::int64_t>::max()), 0);
  EXPECT_LT(days_left(std::numeric_limits<std::int64_t>::min()), 0);
}

TEST(Tls, NamesAreBounded) {
  Exchange made = connect();
  made.tls.chain = {leaf()};
  made.tls.chain.front().dns_names.assign(1000, "host.contoso.com");
  EXPECT_THAT(all(decoded(made), kX509AlternativeNames), SizeIs(128));
}

TEST(Tls, AlertsOfBothSides) {
  Exchange made = connect();
  made.tls.alert_received = "handshake_failure";
  made.tls.client_alert = "unknown_ca";
  const Facts facts = decoded(made);
  EXPECT_EQ(facts.text(kTlsAlert), "handshake_failure");
  EXPECT_EQ(facts.text(kTlsClientAlert), "unknown_ca");
}

TEST(Tls, LaterExchangesOfAConnectionDoNotDenyItsCertificate) {
  Exchange later = exchange("GET / HTTP/1.1\nHost: h\n\n", "HTTP/1.1 200 OK\n\n");
  later.sequence = 4;
  later.tls.attempted = later.tls.established = true;
  later.tls.version = "1.2";
  const Facts facts = decoded(later);
  EXPECT_EQ(facts.text(kTlsVersion), "1.2");
  EXPECT_FALSE(facts.has(kTlsCertificateReceived));
}

TEST(Tls, ATunnelledHandshakeIsKnownByItsClientHelloOnly) {
  Exchange tunnelled = exchange("CONNECT h:443 HTTP/1.1\nHost: h:443\n\n", "HTTP/1.1 200 OK\n\n");
  tunnelled.is_connect = true;
  EXPECT_FALSE(kTlsDecoder.recognises(tunnelled));
  tunnelled.tls.client_sni = "h";
  EXPECT_TRUE(kTlsDecoder.recognises(tunnelled));
}

}  // namespace
}  // namespace exotap
