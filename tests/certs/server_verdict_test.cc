#include "certs/server_verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "certs/client_context.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;
using enum CertificateProblem;

constexpr const char* kHost = "sts.contoso.com";
constexpr const char* kUrl = "http://pki.example/middle.cer";

// A server's company: a root that exotap trusts, an intermediate, leaves as wished.
class Judging : public testing::Test {
 protected:
  Judging() {
    const auto file = scratch_.path() / "root.pem";
    pki::write_file(file, certificate_pem(root_.certificate.get()));
    client_ = *make_client_context(std::vector{file.string()}, false);
  }

  static pki::Wish sound() {
    pki::Wish wish;
    wish.common_name = kHost;
    wish.dns_names = {kHost};
    return wish;
  }

  TlsRecord judged(const pki::Issued& leaf, const std::vector<const pki::Issued*>& chain,
                   std::string_view host = kHost) {
    const SslCtxPtr server = pki::server_context(leaf, chain);
    pki::Connection between = pki::connect(client_.get(), server.get());
    EXPECT_TRUE(pki::shake_hands(between));
    TlsRecord tls;
    judge(between.client.get(), host, known_, tls);
    EXPECT_EQ(may_resume(between.client.get(), host), tls.problems.empty());
    expect_the_same_from_outside(between.client.get(), host, tls);
    return tls;
  }

  // Who only saw the certificates pass comes to the same verdict.
  void expect_the_same_from_outside(SSL* connection, std::string_view host, const TlsRecord& tls) {
    std::vector<std::string> certificates;
    STACK_OF(X509)* received = SSL_get_peer_cert_chain(connection);
    for (int i = 0; i < sk_X509_num(received); ++i) {
      unsigned char* der = nullptr;
      const int size = i2d_X509(sk_X509_value(received, i), &der);
      certificates.emplace_back(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
      OPENSSL_free(der);
    }
    TlsRecord seen;
    judge_received(certificates, client_.get(), host, known_, seen);
    EXPECT_EQ(seen.problems, tls.problems);
    EXPECT_EQ(seen.verify_detail, tls.verify_detail);
    EXPECT_EQ(seen.chain.size(), tls.chain.size());
  }

  pki::ScratchFolder scratch_;
  const pki::Issued root_ = pki::issue_authority("Contoso Root");
  const pki::Issued middle_ = pki::issue_authority("Contoso Issuing", &root_);
  SslCtxPtr client_;
  KnownChains known_;
};

TEST_F(Judging, ASoundServerHasNoProblem) {
  const TlsRecord tls = judged(pki::issue(sound(), &middle_), {&middle_});
  EXPECT_THAT(tls.problems, IsEmpty());
  EXPECT_EQ(tls.verify_detail, "");
  ASSERT_THAT(tls.chain, SizeIs(2));
  EXPECT_EQ(tls.chain[0].subject_common_name, kHost);
  EXPECT_EQ(tls.chain[1].subject_common_name, "Contoso Issuing");
}

TEST_F(Judging, AnExpiredLeafIsNamedInTheDetail) {
  pki::Wish wish = sound();
  wish.not_after = pki::now() - pki::kDay;
  const TlsRecord tls = judged(pki::issue(wish, &middle_), {&middle_});
  EXPECT_THAT(tls.problems, ElementsAre(expired));
  EXPECT_EQ(tls.verify_detail, "certificate has expired: CN=sts.contoso.com");
}

TEST_F(Judging, AnExpiredIntermediateIsNamedInTheDetail) {
  pki::Wish wish;
  wish.common_name = "Old Issuing";
  wish.authority = true;
  wish.not_after = pki::now() - pki::kDay;
  const pki::Issued old = pki::issue(wish, &root_);
  const TlsRecord tls = judged(pki::issue(sound(), &old), {&old});
  EXPECT_THAT(tls.problems, ElementsAre(expired));
  EXPECT_EQ(tls.verify_detail, "certificate has expired: CN=Old Issuing");
}

TEST_F(Judging, ALeafFromTheFuture) {
  pki::Wish wish = sound();
  wish.not_before = pki::now() + pki::kDay;
  EXPECT_THAT(judged(pki::issue(wish, &middle_), {&middle_}).problems, ElementsAre(not_yet_valid));
}

TEST_F(Judging, AnotherHostsCertificateSaysWhose) {
  pki::Wish wish = sound();
  wish.dns_names = {"www.hoster.example", "*.hoster.example"};
  const TlsRecord tls = judged(pki::issue(wish, &middle_), {&middle_});
  EXPECT_THAT(tls.problems, ElementsAre(wrong_name));
  EXPECT_EQ(tls.verify_detail,
            "hostname mismatch: the certificate is for www.hoster.example, *.hoster.example");
}

TEST_F(Judging, NamesAreComparedAsClientsDo) {
  pki::Wish wish = sound();
  wish.dns_names = {"*.contoso.com"};
  const pki::Issued leaf = pki::issue(wish, &middle_);
  EXPECT_THAT(judged(leaf, {&middle_}, "STS.contoso.com").problems, IsEmpty());
  EXPECT_THAT(judged(leaf, {&middle_}, "sts.contoso.com.").problems, IsEmpty());
  EXPECT_THAT(judged(leaf, {&middle_}, "contoso.com").problems, ElementsAre(wrong_name));
  EXPECT_THAT(judged(leaf, {&middle_}, "a.sts.contoso.com").problems, ElementsAre(wrong_name));
}

TEST_F(Judging, AnAddressNeedsAnAddressInTheCertificate) {
  pki::Wish wish = sound();
  wish.dns_names.clear();
  wish.alternative_names = "DNS:10.1.2.4,IP:10.1.2.3,IP:fe80::1";
  const pki::Issued leaf = pki::issue(wish, &middle_);
  EXPECT_THAT(judged(leaf, {&middle_}, "10.1.2.3").problems, IsEmpty());
  EXPECT_THAT(judged(leaf, {&middle_}, "[fe80::1]").problems, IsEmpty());
  EXPECT_THAT(judged(leaf, {&middle_}, "10.1.2.4").problems, ElementsAre(wrong_name));
}

TEST_F(Judging, ASelfSignedLeaf) {
  const TlsRecord tls = judged(pki::issue(sound()), {});
  EXPECT_THAT(tls.problems, ElementsAre(self_signed));
  EXPECT_THAT(tls.verify_detail, StartsWith("self-signed certificate"));
}

TEST_F(Judging, AnUntrustedRootThatWasSent) {
  const pki::Issued stranger = pki::issue_authority("Stranger");
  const TlsRecord tls = judged(pki::issue(sound(), &stranger), {&stranger});
  EXPECT_THAT(tls.problems, ElementsAre(untrusted_issuer));
  EXPECT_THAT(tls.verify_detail, HasSubstr("the server sent 2 certificates"));
}

TEST_F(Judging, ALeafAloneOfAnUnknownAuthority) {
  const pki::Issued stranger = pki::issue_authority("Stranger");
  const TlsRecord tls = judged(pki::issue(sound(), &stranger), {});
  EXPECT_THAT(tls.problems, ElementsAre(untrusted_issuer));
  EXPECT_THAT(tls.verify_detail, HasSubstr("the server sent 1 certificate,"));
  EXPECT_THAT(tls.verify_detail, HasSubstr("CN=Stranger"));
}

TEST_F(Judging, ALeafAloneWhoseIssuerIsPublishedLacksItsIntermediate) {
  pki::Wish wish = sound();
  wish.issuer_url = kUrl;
  EXPECT_THAT(judged(pki::issue(wish, &middle_), {}).problems, ElementsAre(incomplete_chain));
}

TEST_F(Judging, TheWrongIntermediateIsAsGoodAsNone) {
  pki::Wish wish = sound();
  wish.issuer_url = kUrl;
  const pki::Issued other = pki::issue_authority("Another", &root_);
  const TlsRecord tls = judged(pki::issue(wish, &middle_), {&other});
  EXPECT_THAT(tls.problems, ElementsAre(incomplete_chain));
  EXPECT_THAT(tls.chain, SizeIs(2)) << "as received";
}

TEST_F(Judging, BehindAPrivateIntermediateTheRootIsMissingWhichNobodySends) {
  const pki::Issued stranger = pki::issue_authority("Stranger");
  pki::Wish wish;
  wish.common_name = "Stranger's intermediate";
  wish.authority = true;
  wish.issuer_url = kUrl;
  const pki::Issued middle = pki::issue(wish, &stranger);
  EXPECT_THAT(judged(pki::issue(sound(), &middle), {&middle}).problems,
              ElementsAre(untrusted_issuer));
}

TEST_F(Judging, BehindAPublicIntermediateAnotherIsMissing) {
  pki::Wish wish;
  wish.common_name = "Public issuing";
  wish.authority = true;
  wish.issuer_url = kUrl;
  const pki::Issued issuing = pki::issue(wish, &middle_);
  pki::Wish leaf = sound();
  leaf.timestamped = true;
  EXPECT_THAT(judged(pki::issue(leaf, &issuing), {&issuing}).problems,
              ElementsAre(incomplete_chain));
}

TEST_F(Judging, SeveralFaultsAreAllTold) {
  pki::Wish wish = sound();
  wish.dns_names = {"www.hoster.example"};
  wish.not_after = pki::now() - pki::kDay;
  const pki::Issued stranger = pki::issue_authority("Stranger");
  EXPECT_THAT(judged(pki::issue(wish, &stranger), {}).problems,
              testing::UnorderedElementsAre(untrusted_issuer, expired, wrong_name));
}

TEST_F(Judging, ACertificateForClientsIsNotForServers) {
  pki::Wish wish = sound();
  wish.usage = "clientAuth";
  EXPECT_THAT(judged(pki::issue(wish, &middle_), {&middle_}).problems, ElementsAre(wrong_usage));
}

TEST_F(Judging, WeakKeysAndSignatures) {
  pki::Wish small = sound();
  small.rsa_bits = 1024;
  EXPECT_THAT(judged(pki::issue(small, &middle_), {&middle_}).problems, ElementsAre(weak));
  pki::Wish old = sound();
  old.digest = EVP_sha1();
  EXPECT_THAT(judged(pki::issue(old, &middle_), {&middle_}).problems, ElementsAre(weak));
}

TEST_F(Judging, AnAuthorityBeyondItsConstraintsIsOther) {
  const std::vector<std::string> only = {"fabrikam.com"};
  Outcome<AuthorityParts> parts = make_authority(only, "", std::chrono::system_clock::now());
  const pki::Issued issuing{std::move(parts->issuing), std::move(parts->issuing_key)};
  const auto file = scratch_.path() / "constrained.pem";
  pki::write_file(file, certificate_pem(parts->root.get()));
  client_ = *make_client_context(std::vector{file.string()}, false);
  const TlsRecord tls = judged(pki::issue(sound(), &issuing), {&issuing});
  EXPECT_THAT(tls.problems, ElementsAre(other));
  EXPECT_THAT(tls.verify_detail, StartsWith("permitted subtree violation"));
}

TEST_F(Judging, ALongChainIsCut) {
  std::vector<pki::Issued> extra;
  std::vector<const pki::Issued*> sent = {&middle_};
  for (int i = 0; i < 20; ++i) extra.push_back(pki::issue_authority("Extra"));
  for (const pki::Issued& one : extra) sent.push_back(&one);
  const TlsRecord tls = judged(pki::issue(sound(), &middle_), sent);
  EXPECT_THAT(tls.problems, IsEmpty());
  EXPECT_THAT(tls.chain, SizeIs(kMaxChain));
}

TEST_F(Judging, AResumedSessionBringsNoChain) {
  const SslCtxPtr server = pki::server_context(pki::issue(sound(), &middle_), {&middle_});
  pki::Connection first = pki::connect(client_.get(), server.get());
  ASSERT_TRUE(pki::shake_hands(first));
  pki::read_tickets(first);
  const SslSessionPtr session(SSL_get1_session(first.client.get()));
  pki::Connection second = pki::connect(client_.get(), server.get());
  SSL_set_session(second.client.get(), session.get());
  ASSERT_TRUE(pki::shake_hands(second));
  ASSERT_EQ(SSL_session_reused(second.client.get()), 1);
  TlsRecord tls;
  judge(second.client.get(), kHost, known_, tls);
  EXPECT_THAT(tls.chain, IsEmpty());
  EXPECT_THAT(tls.problems, IsEmpty());
  EXPECT_TRUE(may_resume(second.client.get(), kHost));
  EXPECT_FALSE(may_resume(second.client.get(), "fabrikam.com"));
}

TEST_F(Judging, WithoutACertificateThereIsNoVerdict) {
  const SslPtr unconnected(SSL_new(client_.get()));
  TlsRecord tls;
  judge(unconnected.get(), kHost, known_, tls);
  EXPECT_THAT(tls.chain, IsEmpty());
  EXPECT_THAT(tls.problems, IsEmpty());
  EXPECT_FALSE(may_resume(unconnected.get(), kHost));
}

TEST_F(Judging, WhatIsNoCertificateGivesNoVerdict) {
  TlsRecord tls;
  tls.problems = {expired};
  judge_received(std::vector<std::string>{"no certificate"}, client_.get(), kHost, known_, tls);
  EXPECT_THAT(tls.problems, IsEmpty());
  EXPECT_THAT(tls.chain, IsEmpty());
}

TEST_F(Judging, KnownChainsAreBounded) {
  for (std::size_t i = 0; i < kMaxKnownChains + 5; ++i) {
    const X509StackPtr one(sk_X509_new_null());
    sk_X509_push(one.get(), share(pki::issue({}).certificate.get()).release());
    (void)known_.read(one.get());
  }
  EXPECT_EQ(known_.size(), kMaxKnownChains);
}

TEST_F(Judging, ChainsThatShareALeafAreNotMixedUp) {
  const pki::Issued leaf = pki::issue(sound(), &middle_);
  EXPECT_THAT(judged(leaf, {&middle_}).chain, SizeIs(2));
  EXPECT_THAT(judged(leaf, {}).chain, SizeIs(1));
  EXPECT_THAT(judged(leaf, {&middle_, &root_}).chain, SizeIs(3));
  EXPECT_THAT(judged(leaf, {&middle_}).chain, SizeIs(2));
  EXPECT_EQ(known_.size(), 3U);
}

}  // namespace
}  // namespace exotap
