#include "certs/leaf_shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "certs/client_context.h"
#include "certs/leaf_mint.h"
#include "certs/serve_leaf.h"
#include "certs/server_verdict.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using enum CertificateProblem;

constexpr const char* kHost = "sts.contoso.com";
constexpr const char* kUrl = "http://pki.example/middle.cer";

pki::Wish sound() {
  pki::Wish wish;
  wish.common_name = kHost;
  wish.dns_names = {kHost};
  return wish;
}

// The company of a faulty server, and who stands beside it.
struct Company {
  static pki::Issued expired_authority(const pki::Issued& root) {
    pki::Wish wish;
    wish.common_name = "Contoso Old Issuing";
    wish.authority = true;
    wish.not_after = pki::now() - 10 * pki::kDay;
    return pki::issue(wish, &root);
  }

  pki::Issued root = pki::issue_authority("Contoso Root");
  pki::Issued old = expired_authority(root);
  pki::Issued middle = pki::issue_authority("Contoso Issuing", &root);
  pki::Issued stranger = pki::issue_authority("Stranger");
};

struct Sent {
  pki::Issued leaf;
  std::vector<const pki::Issued*> chain;
};

struct Fault {
  const char* name;
  std::function<Sent(const Company&)> server;
};

std::vector<Fault> faults() {
  const auto wished = [](auto change) {
    return [change](const Company& company) {
      pki::Wish wish = sound();
      change(wish);
      return Sent{pki::issue(wish, &company.middle), {&company.middle}};
    };
  };
  return {
      {"Sound", wished([](pki::Wish&) {})},
      {"Expired", wished([](pki::Wish& wish) { wish.not_after = pki::now() - 10 * pki::kDay; })},
      {"NotYetValid",
       wished([](pki::Wish& wish) { wish.not_before = pki::now() + 10 * pki::kDay; })},
      {"NameOfAnotherCompany", wished([](pki::Wish& wish) {
         wish.dns_names = {"www.hoster.example", "*.hoster.example"};
       })},
      {"NameOfTheSameCompany",
       wished([](pki::Wish& wish) { wish.dns_names = {"mail.contoso.com"}; })},
      {"OnlyAnAddress", wished([](pki::Wish& wish) {
         wish.dns_names.clear();
         wish.alternative_names = "IP:10.1.2.3";
       })},
      {"OnlyAnotherCommonName", wished([](pki::Wish& wish) {
         wish.dns_names.clear();
         wish.common_name = "router.local";
       })},
      {"ExpiredWithAnotherName", wished([](pki::Wish& wish) {
         wish.not_after = pki::now() - 10 * pki::kDay;
         wish.dns_names = {"www.hoster.example"};
       })},
      {"ForClients", wished([](pki::Wish& wish) { wish.usage = "clientAuth"; })},
      {"Sha1", wished([](pki::Wish& wish) { wish.digest = EVP_sha1(); })},
      {"WeakKey", wished([](pki::Wish& wish) { wish.rsa_bits = 1024; })},
      {"OnlyTheCommonName", wished([](pki::Wish& wish) { wish.dns_names.clear(); })},
      {"PartOfALabel", wished([](pki::Wish& wish) { wish.dns_names = {"m*.contoso.com"}; })},
      {"SelfSigned",
       [](const Company&) {
         return Sent{pki::issue(sound()), {}};
       }},
      {"SelfSignedAndExpired",
       [](const Company&) {
         pki::Wish wish = sound();
         wish.not_after = pki::now() - 10 * pki::kDay;
         return Sent{pki::issue(wish), {}};
       }},
      {"UntrustedRootSent",
       [](const Company& company) {
         return Sent{pki::issue(sound(), &company.stranger), {&company.stranger}};
       }},
      {"UntrustedRootNotSent",
       [](const Company& company) {
         return Sent{pki::issue(sound(), &company.stranger), {}};
       }},
      {"IntermediateMissing",
       [](const Company& company) {
         pki::Wish wish = sound();
         wish.issuer_url = kUrl;
         return Sent{pki::issue(wish, &company.middle), {}};
       }},
      {"ExpiredIntermediate",
       [](const Company& company) {
         return Sent{pki::issue(sound(), &company.old), {&company.old}};
       }},
      {"ExpiredAndUntrusted",
       [](const Company& company) {
         pki::Wish wish = sound();
         wish.not_after = pki::now() - 10 * pki::kDay;
         return Sent{pki::issue(wish, &company.stranger), {&company.stranger}};
       }},
  };
}

// What a client says that checks the chain (OpenSSL's error) and then the name, as curl does.
struct Complaint {
  long chain = X509_V_OK;
  bool name_matches = true;
  bool operator==(const Complaint&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Complaint& said) {
  return out << X509_verify_cert_error_string(said.chain)
             << (said.name_matches ? "" : ", and the name does not match");
}

Complaint complaint_of(SSL* client) {
  X509* leaf = SSL_get0_peer_certificate(client);
  return {SSL_get_verify_result(client), X509_check_host(leaf, kHost, 0, 0, nullptr) == 1};
}

class Beside : public testing::Test {
 protected:
  Beside() {
    const std::vector<std::string> names = {"contoso.com"};
    authority_.emplace(*Authority::create(scratch_.path() / "ca", names, Authority::Replace::no));
    mint_.emplace(*LeafMint::make(*authority_));
  }

  Complaint about_server(const Sent& sent) {
    const SslCtxPtr server = pki::server_context(sent.leaf, sent.chain);
    const SslCtxPtr client = pki::trusting_client(company_.root.certificate.get());
    pki::Connection between = pki::connect(client.get(), server.get());
    EXPECT_TRUE(pki::shake_hands(between));
    return complaint_of(between.client.get());
  }

  TlsRecord seen_by_exotap(const Sent& sent) {
    const auto file = scratch_.path() / "root.pem";
    pki::write_file(file, certificate_pem(company_.root.certificate.get()));
    const auto client = make_client_context(std::vector{file.string()}, false);
    const SslCtxPtr server = pki::server_context(sent.leaf, sent.chain);
    pki::Connection between = pki::connect(client->get(), server.get());
    EXPECT_TRUE(pki::shake_hands(between));
    TlsRecord tls;
    KnownChains known;
    judge(between.client.get(), kHost, known, tls);
    return tls;
  }

  Complaint about_exotap(const LeafShape& shape) {
    const SslCtxPtr server = make_server_context(*mint_);
    const SslCtxPtr client = pki::trusting_client(authority_->root());
    pki::Connection between = pki::connect(client.get(), server.get());
    EXPECT_TRUE(use_leaf(between.server.get(), mint_->mint(kHost, shape)));
    EXPECT_TRUE(pki::shake_hands(between));
    return complaint_of(between.client.get());
  }

  pki::ScratchFolder scratch_;
  Company company_;
  std::optional<Authority> authority_;
  std::optional<LeafMint> mint_;
};

class Mirroring : public Beside, public testing::WithParamInterface<Fault> {};

INSTANTIATE_TEST_SUITE_P(Faults, Mirroring, testing::ValuesIn(faults()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_P(Mirroring, ClientsComplainAsTheyWouldWithoutExotap) {
  const Sent sent = GetParam().server(company_);
  const TlsRecord tls = seen_by_exotap(sent);
  const LeafShape shape = shape_like(tls, kHost, authority_->permitted_names());
  EXPECT_EQ(about_exotap(shape), about_server(sent));
  EXPECT_EQ(shape.sound(), tls.problems.empty() && !shape.common_name_only);
}

// What OpenSSL's own client takes and Chromium does not must look the same to both.
TEST_F(Beside, ACommonNameAloneStaysAlone) {
  pki::Wish wish = sound();
  wish.dns_names.clear();
  const TlsRecord tls = seen_by_exotap({pki::issue(wish, &company_.middle), {&company_.middle}});
  EXPECT_TRUE(tls.problems.empty());
  const LeafShape shape = shape_like(tls, kHost, authority_->permitted_names());
  const Leaf leaf = mint_->mint(kHost, shape);
  EXPECT_LT(X509_get_ext_by_NID(leaf.certificate.get(), NID_subject_alt_name, -1), 0);
  EXPECT_FALSE(leaf.sound) << "no session may hide it";
}

TEST_F(Beside, AnAuthoritysOwnCertificateSignsNoHandshakes) {
  pki::Wish wish = sound();
  wish.authority = true;
  const TlsRecord tls = seen_by_exotap({pki::issue(wish, &company_.middle), {&company_.middle}});
  EXPECT_THAT(tls.problems, testing::Contains(wrong_usage));
  const LeafShape shape = shape_like(tls, kHost, authority_->permitted_names());
  EXPECT_FALSE(shape.signs_handshakes);
  const Leaf leaf = mint_->mint(kHost, shape);
  EXPECT_EQ(X509_get_key_usage(leaf.certificate.get()) & KU_DIGITAL_SIGNATURE, 0U);
  EXPECT_NE(X509_check_ca(leaf.certificate.get()), 1) << "it must not be one itself";
}

// What judge() would leave of a server with these problems.
TlsRecord record_with(std::vector<CertificateProblem> problems) {
  TlsRecord tls;
  tls.problems = std::move(problems);
  CertificateRecord leaf;
  leaf.subject_common_name = "www.hoster.example";
  leaf.dns_names = {"www.hoster.example"};
  leaf.not_before = pki::now() - 400 * pki::kDay;
  leaf.not_after = pki::now() - 35 * pki::kDay;
  leaf.sha256 = "ab";
  tls.chain = {leaf};
  return tls;
}

const std::vector<std::string> kPermitted = {"contoso.com", "wrong-name.exotap.invalid"};

TEST(ShapeLike, NoProblemIsASoundLeaf) {
  const LeafShape shape = shape_like(record_with({}), kHost, kPermitted);
  EXPECT_TRUE(shape.sound());
  EXPECT_EQ(shape.signer, LeafSigner::authority);
  EXPECT_EQ(shape.chain, LeafChain::complete);
}

TEST(ShapeLike, AnExpiredLeafKeepsTheServersDates) {
  const TlsRecord tls = record_with({expired});
  const LeafShape shape = shape_like(tls, kHost, kPermitted);
  EXPECT_EQ(shape.not_before, tls.chain[0].not_before);
  EXPECT_EQ(shape.not_after, tls.chain[0].not_after);
  EXPECT_THAT(shape.dns_names, IsEmpty()) << "the host";
}

TEST(ShapeLike, WhatExpiredWithoutBeingSentStillExpires) {
  TlsRecord tls = record_with({expired});
  tls.chain[0].not_after = pki::now() + 300 * pki::kDay;
  EXPECT_LT(shape_like(tls, kHost, kPermitted).not_after, pki::now());
}

TEST(ShapeLike, NamesOutsideTheConstraintsStandBelowOurSuffix) {
  TlsRecord tls = record_with({wrong_name});
  tls.chain[0].dns_names = {"*.Hoster.example", "mail.contoso.com", "not a name", "10.0.0.1"};
  EXPECT_THAT(shape_like(tls, kHost, kPermitted).dns_names,
              ElementsAre("*.hoster.example.wrong-name.exotap.invalid", "mail.contoso.com"));
}

TEST(ShapeLike, AWrongNameIsNeverTheHost) {
  for (const char* name : {kHost, "", "x", "*"}) {
    TlsRecord tls = record_with({wrong_name});
    tls.chain[0].dns_names = {name};
    tls.chain[0].subject_common_name = kHost;
    const LeafShape shape = shape_like(tls, kHost, kPermitted);
    EXPECT_THAT(shape.dns_names, testing::Not(IsEmpty())) << name;
    EXPECT_THAT(shape.dns_names, testing::Not(testing::Contains(kHost))) << name;
    EXPECT_NE(shape.common_name, kHost);
  }
}

TEST(ShapeLike, ManyNamesAreCut) {
  TlsRecord tls = record_with({wrong_name});
  tls.chain[0].dns_names.assign(100, "www.hoster.example");
  EXPECT_LE(shape_like(tls, kHost, kPermitted).dns_names.size(), 20U);
}

TEST(ShapeLike, WhatCannotBeRepeatedIsNotTrusted) {
  for (const CertificateProblem problem : {revoked, other, untrusted_issuer}) {
    EXPECT_EQ(shape_like(record_with({problem}), kHost, kPermitted).signer, LeafSigner::stranger);
  }
  TlsRecord odd = record_with({other});
  odd.chain.clear();
  EXPECT_EQ(shape_like(odd, kHost, kPermitted).signer, LeafSigner::stranger);
  EXPECT_FALSE(shape_like(odd, kHost, kPermitted).sound());
}

TEST(ShapeLike, OnlyAFetchableIntermediateMayBeMendedByClients) {
  TlsRecord tls = record_with({incomplete_chain});
  EXPECT_EQ(shape_like(tls, kHost, kPermitted).signer, LeafSigner::stranger);
  tls.chain[0].has_issuer_url = true;
  EXPECT_EQ(shape_like(tls, kHost, kPermitted).signer, LeafSigner::authority);
  EXPECT_EQ(shape_like(tls, kHost, kPermitted).chain, LeafChain::leaf_only);
}

TEST(ShapeLike, WhatOtherIsDecidesWhetherItCanBeRepeated) {
  TlsRecord tls = record_with({other});
  tls.verify_code = X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION;
  LeafShape shape = shape_like(tls, kHost, kPermitted);
  EXPECT_TRUE(shape.unknown_extension);
  EXPECT_EQ(shape.signer, LeafSigner::authority);
  tls.verify_code = X509_V_ERR_CERT_SIGNATURE_FAILURE;
  EXPECT_TRUE(shape_like(tls, kHost, kPermitted).damaged_signature);
  tls.verify_code = X509_V_ERR_PERMITTED_VIOLATION;
  shape = shape_like(tls, kHost, kPermitted);
  EXPECT_EQ(shape.dns_names.size(), 2U);
  EXPECT_EQ(shape.dns_names.front(), kHost);
  tls.verify_code = X509_V_ERR_INVALID_CA;
  EXPECT_EQ(shape_like(tls, kHost, kPermitted).signer, LeafSigner::stranger);
}

TEST(ShapeLike, AVerifiedRevocationIsStapledAndOthersAreNot) {
  TlsRecord tls = record_with({});
  tls.staple.emplace();
  tls.staple->status = "revoked";
  EXPECT_TRUE(shape_like(tls, kHost, kPermitted).sound()) << "anybody could have said that";
  tls.staple->verified = true;
  EXPECT_TRUE(shape_like(tls, kHost, kPermitted).revoked);
  EXPECT_FALSE(shape_like(tls, kHost, kPermitted).sound());
  tls.staple->status = "good";
  EXPECT_TRUE(shape_like(tls, kHost, kPermitted).sound());
}

TEST(ShapeLike, AnIssuerWithoutItsRootStaysWithoutIt) {
  TlsRecord tls = record_with({untrusted_issuer});
  tls.chain.push_back(tls.chain.front());
  EXPECT_EQ(shape_like(tls, kHost, kPermitted).chain, LeafChain::unrooted);
  tls.chain.back().self_signed = true;
  EXPECT_EQ(shape_like(tls, kHost, kPermitted).chain, LeafChain::complete);
}

TEST(ShapeLike, DifferentFaultsAndCertificatesHaveDifferentKeys) {
  const TlsRecord one = record_with({expired});
  TlsRecord other_certificate = record_with({expired});
  other_certificate.chain[0].sha256 = "cd";
  const std::string key = shape_like(one, kHost, kPermitted).key;
  EXPECT_EQ(key, shape_like(one, kHost, kPermitted).key);
  EXPECT_NE(key, shape_like(other_certificate, kHost, kPermitted).key);
  EXPECT_NE(key, shape_like(record_with({wrong_name}), kHost, kPermitted).key);
}

}  // namespace
}  // namespace exotap
