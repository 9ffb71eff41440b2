#include "certs/ocsp_staple.h"

#include <gtest/gtest.h>

#include "certs/client_context.h"
#include "certs/leaf_mint.h"
#include "certs/serve_leaf.h"
#include "certs/server_verdict.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

constexpr const char* kHost = "sts.contoso.com";

// exotap as the client of a server that staples these bytes.
class Staple : public testing::TestWithParam<int> {
 protected:
  Staple() {
    pki::Wish wish;
    wish.common_name = kHost;
    wish.dns_names = {kHost};
    leaf_ = pki::issue(wish, &middle_);
    const auto file = scratch_.path() / "root.pem";
    pki::write_file(file, certificate_pem(root_.certificate.get()));
    client_ = std::move(*make_client_context(std::vector{file.string()}, false));
    server_ = pki::server_context(leaf_, {&middle_});
    SSL_CTX_set_tlsext_status_cb(
        server_.get(), +[](SSL*, void*) { return SSL_TLSEXT_ERR_OK; });
  }

  TlsRecord record_of(const std::string& staple) {
    pki::Connection between = pki::connect(client_.get(), server_.get());
    SSL_set_max_proto_version(between.client.get(), GetParam());
    if (!staple.empty()) {
      SSL_set_tlsext_status_ocsp_resp(between.server.get(),
                                      OPENSSL_memdup(staple.data(), staple.size()),
                                      static_cast<long>(staple.size()));
    } else {
      SSL_CTX_set_tlsext_status_cb(
          server_.get(), +[](SSL*, void*) { return SSL_TLSEXT_ERR_NOACK; });
    }
    EXPECT_TRUE(pki::shake_hands(between));
    TlsRecord tls;
    KnownChains known;
    judge(between.client.get(), kHost, known, tls);
    return tls;
  }

  std::string revoked(X509* about, const pki::Issued& by) {
    StapleRecord said;
    said.revoked_at = 1'790'000'000;
    said.reason = "keyCompromise";
    return make_revoked_staple(about, by.certificate.get(), by.key.get(), said,
                               std::chrono::system_clock::now());
  }

  pki::ScratchFolder scratch_;
  pki::Issued root_ = pki::issue_authority("Contoso Root");
  pki::Issued middle_ = pki::issue_authority("Contoso Issuing", &root_);
  pki::Issued leaf_;
  SslCtxPtr client_;
  SslCtxPtr server_;
};

INSTANTIATE_TEST_SUITE_P(Versions, Staple, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION));

TEST_P(Staple, ARevocationIsReadAndVerified) {
  const TlsRecord tls = record_of(revoked(leaf_.certificate.get(), middle_));
  ASSERT_TRUE(tls.staple);
  EXPECT_EQ(tls.staple->status, "revoked");
  EXPECT_TRUE(tls.staple->verified);
  EXPECT_EQ(tls.staple->revoked_at, 1'790'000'000);
  EXPECT_EQ(tls.staple->reason, "keyCompromise");
  EXPECT_LT(pki::now() - pki::kDay - tls.staple->this_update, 60);
  EXPECT_TRUE(tls.problems.empty()) << "reported, not enforced";
}

TEST_P(Staple, WithoutOneThereIsNone) { EXPECT_FALSE(record_of("").staple); }

TEST_P(Staple, OneAboutAnotherCertificateSaysNothing) {
  EXPECT_EQ(record_of(revoked(middle_.certificate.get(), middle_)).staple->status, "other");
}

TEST_P(Staple, AStrangersRevocationIsNotVerified) {
  const pki::Issued stranger = pki::issue_authority("Contoso Issuing");  // the same name
  const TlsRecord tls = record_of(revoked(leaf_.certificate.get(), stranger));
  ASSERT_TRUE(tls.staple);
  EXPECT_FALSE(tls.staple->verified);
}

TEST_P(Staple, NoiseIsUnreadable) {
  EXPECT_EQ(record_of("noise").staple->status, "unreadable");
  std::string cut = revoked(leaf_.certificate.get(), middle_);
  cut.resize(cut.size() / 2);
  EXPECT_EQ(record_of(cut).staple->status, "unreadable");
}

TEST_P(Staple, ALeafWithOneShowsItToClientsThatAsk) {
  const std::vector<std::string> names = {"contoso.com"};
  const auto authority = Authority::create(scratch_.path() / "ca", names, Authority::Replace::no);
  const auto mint = LeafMint::make(*authority);
  LeafShape shape;
  shape.key = "revoked";
  shape.revoked.emplace();
  shape.revoked->reason = "superseded";
  shape.revoked->revoked_at = 1'790'000'000;
  const SslCtxPtr server = make_server_context(*mint);
  const auto file = scratch_.path() / "exotap.pem";
  pki::write_file(file, authority->root_pem());
  const auto client = make_client_context(std::vector{file.string()}, false);
  for (const bool asks : {true, false}) {
    pki::Connection between = pki::connect(client->get(), server.get());
    SSL_set_max_proto_version(between.client.get(), GetParam());
    if (!asks) SSL_set_tlsext_status_type(between.client.get(), -1);
    EXPECT_TRUE(use_leaf(between.server.get(), mint->mint(kHost, shape)));
    EXPECT_TRUE(pki::shake_hands(between));
    const auto staple = read_staple(between.client.get());
    ASSERT_EQ(staple.has_value(), asks);
    if (!asks) continue;
    EXPECT_EQ(staple->status, "revoked");
    EXPECT_EQ(staple->reason, "superseded");
    EXPECT_TRUE(staple->verified);
  }
}

}  // namespace
}  // namespace exotap
