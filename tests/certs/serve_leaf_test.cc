#include "certs/serve_leaf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/certs/pki.h"

namespace exotap {
namespace {

class ServingTls13 : public testing::Test {
 protected:
  ServingTls13() {
    const std::vector<std::string> names = {"contoso.com"};
    authority_.emplace(*Authority::create(scratch_.path(), names, Authority::Replace::no));
    mint_.emplace(*LeafMint::make(*authority_));
    server_ = make_server_context(*mint_);
    client_ = pki::trusting_client(authority_->root());
  }

  pki::Connection connect_with(const Leaf& leaf, int version, SSL_SESSION* session = nullptr) {
    pki::Connection between = pki::connect(client_.get(), server_.get());
    SSL_set_min_proto_version(between.client.get(), version);
    SSL_set_max_proto_version(between.client.get(), version);
    if (session != nullptr) SSL_set_session(between.client.get(), session);
    EXPECT_TRUE(use_leaf(between.server.get(), leaf));
    EXPECT_TRUE(pki::shake_hands(between));
    return between;
  }

  pki::ScratchFolder scratch_;
  std::optional<Authority> authority_;
  std::optional<LeafMint> mint_;
  SslCtxPtr server_;
  SslCtxPtr client_;
};

class Serving : public ServingTls13, public testing::WithParamInterface<int> {};

INSTANTIATE_TEST_SUITE_P(Versions, Serving, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION));

TEST_P(Serving, OneContextServesEachHostItsLeaf) {
  for (const char* host : {"a.contoso.com", "b.contoso.com"}) {
    pki::Connection between = connect_with(mint_->mint(host, {}), GetParam());
    EXPECT_EQ(SSL_get_verify_result(between.client.get()), X509_V_OK);
    X509* received = SSL_get0_peer_certificate(between.client.get());
    EXPECT_EQ(X509_check_host(received, host, 0, 0, nullptr), 1);
    EXPECT_EQ(sk_X509_num(SSL_get_peer_cert_chain(between.client.get())), 2)
        << "leaf and issuing certificate, not the root";
  }
}

TEST_F(ServingTls13, TheCheapestCipherIsTakenUnlessTheClientHasNoAes) {
  const auto agreed = [&](const char* offered) {
    SSL_CTX_set_ciphersuites(client_.get(), offered);
    pki::Connection between = connect_with(mint_->mint("a.contoso.com", {}), TLS1_3_VERSION);
    return std::string(SSL_get_cipher_name(between.client.get()));
  };
  EXPECT_EQ(agreed("TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256"), "TLS_AES_128_GCM_SHA256");
  EXPECT_EQ(agreed("TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"),
            "TLS_CHACHA20_POLY1305_SHA256");
  EXPECT_EQ(agreed("TLS_AES_256_GCM_SHA384"), "TLS_AES_256_GCM_SHA384");
}

TEST_P(Serving, TheChainIsTheLeafsOwn) {
  LeafShape shape;
  shape.key = "x";
  shape.chain = LeafChain::leaf_only;
  pki::Connection alone = connect_with(mint_->mint("a.contoso.com", shape), GetParam());
  EXPECT_EQ(sk_X509_num(SSL_get_peer_cert_chain(alone.client.get())), 1);
  shape.chain = LeafChain::complete;
  shape.signer = LeafSigner::stranger;
  pki::Connection strange = connect_with(mint_->mint("a.contoso.com", shape), GetParam());
  STACK_OF(X509)* chain = SSL_get_peer_cert_chain(strange.client.get());
  ASSERT_EQ(sk_X509_num(chain), 2);
  EXPECT_EQ(X509_self_signed(sk_X509_value(chain, 1), 1), 1);
  pki::Connection sound = connect_with(mint_->mint("a.contoso.com", {}), GetParam());
  EXPECT_EQ(SSL_get_verify_result(sound.client.get()), X509_V_OK) << "the next one is untouched";
}

TEST_P(Serving, ASoundLeafsSessionIsResumed) {
  const Leaf leaf = mint_->mint("a.contoso.com", {});
  pki::Connection first = connect_with(leaf, GetParam());
  pki::read_tickets(first);
  const SslSessionPtr session(SSL_get1_session(first.client.get()));
  SSL_shutdown(first.client.get());
  pki::Connection second = connect_with(leaf, GetParam(), session.get());
  EXPECT_EQ(SSL_session_reused(second.client.get()), 1);
}

TEST_P(Serving, AFaultIsSeenEvenByAClientThatCouldResume) {
  pki::Connection first = connect_with(mint_->mint("a.contoso.com", {}), GetParam());
  pki::read_tickets(first);
  const SslSessionPtr session(SSL_get1_session(first.client.get()));
  LeafShape expired;
  expired.key = "expired";
  expired.not_after = 1'600'000'000;
  SSL_shutdown(first.client.get());
  pki::Connection second =
      connect_with(mint_->mint("a.contoso.com", expired), GetParam(), session.get());
  EXPECT_EQ(SSL_session_reused(second.client.get()), 0);
  EXPECT_EQ(SSL_get_verify_result(second.client.get()), X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST_P(Serving, AWeakLeafIsServedForClientsToRefuse) {
  LeafShape weak;
  weak.key = "weak";
  weak.weak_signature = true;
  pki::Connection between = connect_with(mint_->mint("a.contoso.com", weak), GetParam());
  EXPECT_EQ(SSL_get_verify_result(between.client.get()), X509_V_ERR_CA_MD_TOO_WEAK);
}

TEST_F(Serving, WithoutALeafNothingIsServed) {
  pki::Connection between = pki::connect(client_.get(), server_.get());
  EXPECT_FALSE(use_leaf(between.server.get(), Leaf{}));
}

}  // namespace
}  // namespace exotap
