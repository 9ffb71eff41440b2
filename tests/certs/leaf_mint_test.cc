#include "certs/leaf_mint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "certs/certificate.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kHost = "sts.contoso.com";

class Minting : public testing::Test {
 protected:
  Minting() {
    const std::vector<std::string> names = {"contoso.com"};
    authority_.emplace(*Authority::create(scratch_.path(), names, Authority::Replace::no));
    mint_.emplace(*LeafMint::make(*authority_));
  }

  pki::ScratchFolder scratch_;
  std::optional<Authority> authority_;
  std::optional<LeafMint> mint_;
};

TEST_F(Minting, ALeafIsForItsHostAndServersOnly) {
  const Leaf leaf = mint_->mint(kHost, {});
  ASSERT_NE(leaf.certificate, nullptr);
  const CertificateRecord record = describe(leaf.certificate.get());
  EXPECT_EQ(record.subject_common_name, kHost);
  EXPECT_THAT(record.dns_names, ElementsAre(kHost));
  EXPECT_THAT(record.ip_addresses, IsEmpty());
  EXPECT_FALSE(record.is_ca);
  EXPECT_EQ(record.key_type, "EC");
  EXPECT_EQ(record.signature_algorithm, "ecdsa-with-SHA256");
  X509* raw = leaf.certificate.get();
  EXPECT_EQ(X509_get_extended_key_usage(raw), static_cast<std::uint32_t>(XKU_SSL_SERVER));
  EXPECT_EQ(X509_get_key_usage(raw), static_cast<std::uint32_t>(KU_DIGITAL_SIGNATURE));
  EXPECT_EQ(X509_verify(raw, X509_get0_pubkey(authority_->issuing())), 1);
  EXPECT_EQ(leaf.sent_issuer.get(), authority_->issuing());
  EXPECT_TRUE(leaf.sound);
}

TEST_F(Minting, TheLeafKeyIsNotTheAuthoritys) {
  EXPECT_NE(EVP_PKEY_eq(mint_->leaf_key(), authority_->issuing_key()), 1);
  const auto again = LeafMint::make(*authority_);
  EXPECT_NE(EVP_PKEY_eq(mint_->leaf_key(), again->leaf_key()), 1) << "one a run";
}

TEST_F(Minting, KeyIdentifiersLeadToTheIssuer) {
  const Leaf leaf = mint_->mint(kHost, {});
  const ASN1_OCTET_STRING* of_issuer = X509_get0_subject_key_id(authority_->issuing());
  const ASN1_OCTET_STRING* named = X509_get0_authority_key_id(leaf.certificate.get());
  ASSERT_TRUE(of_issuer != nullptr && named != nullptr);
  EXPECT_EQ(ASN1_OCTET_STRING_cmp(of_issuer, named), 0);
  EXPECT_NE(ASN1_OCTET_STRING_cmp(of_issuer, X509_get0_subject_key_id(leaf.certificate.get())), 0);
}

TEST_F(Minting, NoSerialComesTwice) {
  EXPECT_NE(describe(mint_->mint(kHost, {}).certificate.get()).serial,
            describe(mint_->mint(kHost, {}).certificate.get()).serial);
}

TEST_F(Minting, LifeIsShortAndEndsWithTheAuthoritys) {
  const WallTime now = std::chrono::system_clock::now();
  const std::int64_t today = std::chrono::system_clock::to_time_t(now);
  const CertificateRecord fresh = describe(mint_->mint(kHost, {}, now).certificate.get());
  EXPECT_EQ(fresh.not_before, today - pki::kDay);
  EXPECT_EQ(fresh.not_after, today + 29 * pki::kDay);
  const auto late = now + std::chrono::days(80);
  const CertificateRecord last = describe(mint_->mint(kHost, {}, late).certificate.get());
  EXPECT_EQ(last.not_after, std::chrono::system_clock::to_time_t(authority_->not_after()));
}

TEST_F(Minting, LongNamesAreInTheAlternativeNamesOnly) {
  const std::string host = std::string(60, 'a') + ".sts.contoso.com";
  const CertificateRecord record = describe(mint_->mint(host, {}).certificate.get());
  EXPECT_EQ(record.subject, "O=exotap");
  EXPECT_THAT(record.dns_names, ElementsAre(host));
}

TEST_F(Minting, FollowsTheShape) {
  LeafShape shape;
  shape.key = "x";
  shape.dns_names = {"a.contoso.com", "*.b.contoso.com"};
  shape.common_name = "M\xc3\xbcnchen";
  shape.not_before = 1'600'000'000;
  shape.not_after = 1'600'086'400;
  shape.server_usage = false;
  shape.weak_signature = true;
  shape.chain = LeafChain::leaf_only;
  const Leaf leaf = mint_->mint(kHost, shape);
  ASSERT_NE(leaf.certificate, nullptr);
  const CertificateRecord record = describe(leaf.certificate.get());
  EXPECT_THAT(record.dns_names, ElementsAre("a.contoso.com", "*.b.contoso.com"));
  EXPECT_EQ(record.subject_common_name, "M\xc3\xbcnchen");
  EXPECT_EQ(record.not_before, 1'600'000'000);
  EXPECT_EQ(record.not_after, 1'600'086'400);
  EXPECT_EQ(record.signature_algorithm, "ecdsa-with-SHA1");
  EXPECT_EQ(X509_get_extended_key_usage(leaf.certificate.get()),
            static_cast<std::uint32_t>(XKU_SSL_CLIENT));
  EXPECT_EQ(leaf.sent_issuer, nullptr);
  EXPECT_FALSE(leaf.sound);
  EXPECT_TRUE(leaf.weak);
}

TEST_F(Minting, AStrangerAndASelfSignedLeafAreNotOfTheAuthority) {
  LeafShape shape;
  shape.key = "x";
  for (const LeafSigner signer : {LeafSigner::stranger, LeafSigner::itself}) {
    shape.signer = signer;
    const Leaf leaf = mint_->mint(kHost, shape);
    ASSERT_NE(leaf.certificate, nullptr);
    EXPECT_NE(X509_verify(leaf.certificate.get(), X509_get0_pubkey(authority_->issuing())), 1);
    EXPECT_NE(X509_verify(leaf.certificate.get(), X509_get0_pubkey(authority_->root())), 1);
    EXPECT_EQ(describe(leaf.certificate.get()).self_signed, signer == LeafSigner::itself);
    EXPECT_EQ(leaf.sent_issuer != nullptr, signer == LeafSigner::stranger);
  }
}

TEST_F(Minting, DatesBeyondAllCalendarsDoNotStopIt) {
  LeafShape shape;
  shape.key = "x";
  shape.not_before = std::numeric_limits<std::int64_t>::min();
  shape.not_after = std::numeric_limits<std::int64_t>::max();
  EXPECT_NE(mint_->mint(kHost, shape).certificate, nullptr);
}

TEST_F(Minting, LeavesNoOpensslErrorBehind) {
  LeafShape shape;
  shape.common_name = "\xff\xfe";  // no UTF-8
  EXPECT_NE(mint_->mint(kHost, shape).certificate, nullptr);
  EXPECT_EQ(openssl_error(), "unknown error");
}

TEST_F(Minting, OutlivesItsAuthority) {
  authority_.reset();
  EXPECT_NE(mint_->mint(kHost, {}).certificate, nullptr);
}

TEST_F(Minting, SeveralThreadsMayMintAtOnce) {
  std::vector<std::thread> threads;
  std::vector<int> good(4);
  for (int& mine : good) {
    threads.emplace_back([&mine, this] {
      for (int i = 0; i < 50; ++i) {
        const Leaf leaf = mint_->mint(kHost, {});
        mine += leaf.certificate != nullptr &&
                X509_verify(leaf.certificate.get(), X509_get0_pubkey(mint_->issuing())) == 1;
      }
    });
  }
  for (std::thread& one : threads) one.join();
  EXPECT_THAT(good, testing::Each(50));
}

}  // namespace
}  // namespace exotap
