// What is recorded of a mail host's connection that passes untouched.
#include "proxy/wire/observed_tunnel.h"

#include <gtest/gtest.h>

#include "tests/proxy/wire/hello_bytes.h"
#include "tests/proxy/wire/tunnelled_fixture.h"

namespace exotap::test {
namespace {

class ObservedTunnelTest : public TunnelledTest {
 protected:
  ObservedTunnelTest() { settings_.policy.tunnel = {kHost}; }

  // Takes any certificate, and speaks this version alone.
  SslPtr speaking(int version) { return plain_client({version, version, false}); }
};

TEST_F(ObservedTunnelTest, Tls12ShowsTheServersCertificates) {
  serve_tls([](Peer& client) { echo_paths(client); }, {.ends_in = -60});
  Peer client = connected();
  ASSERT_TRUE(client.start_tls(speaking(TLS1_2_VERSION))) << client.last_error();
  const TlsRecord& tls = record().tls;
  EXPECT_EQ(record().handling, Handling::tunnelled);
  EXPECT_TRUE(tls.attempted);
  EXPECT_TRUE(tls.established);
  EXPECT_EQ(tls.version, "1.2");
  EXPECT_EQ(tls.client_sni, kHost);
  EXPECT_NE(tls.cipher.find("ECDHE"), std::string::npos) << tls.cipher;
  ASSERT_EQ(tls.chain.size(), 1U);
  EXPECT_EQ(tls.problems, std::vector{CertificateProblem::expired});
  EXPECT_FALSE(record().fault) << "the client went on";
}

TEST_F(ObservedTunnelTest, Tls13ShowsVersionAndCipherAlone) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer client = connected();
  ASSERT_TRUE(client.start_tls(speaking(TLS1_3_VERSION))) << client.last_error();
  EXPECT_TRUE(record().tls.established);
  EXPECT_EQ(record().tls.version, "1.3");
  EXPECT_EQ(record().tls.cipher.substr(0, 4), "TLS_");
  EXPECT_TRUE(record().tls.chain.empty());
  EXPECT_TRUE(record().tls.problems.empty()) << "none without a received certificate";
}

TEST_F(ObservedTunnelTest, ARefusalOfTheServerIsAFault) {
  SslCtxPtr modern = ca_.server({});
  SSL_CTX_set_min_proto_version(modern.get(), TLS1_3_VERSION);
  serve_with([](Peer& client) { client.read_to_end(); }, std::move(modern));
  Peer client = connected();
  EXPECT_FALSE(client.start_tls(speaking(TLS1_2_VERSION)));
  EXPECT_EQ(record().tls.alert_received, "protocol_version");
  EXPECT_EQ(record().fault.type, FaultType::tls);
  EXPECT_EQ(record().fault.code, "alert protocol_version");
  EXPECT_FALSE(record().fault.detail.empty());
}

TEST_F(ObservedTunnelTest, AServerThatHangsUpOnTheHelloIsAFault) {
  origin_ = std::make_unique<Origin>([](Peer& client) {
    client.read(50);
    client.close(true);
  });
  serve(origin_->port());
  start();
  Peer client = connected();
  EXPECT_FALSE(client.start_tls(speaking(TLS1_3_VERSION)));
  EXPECT_EQ(record().fault.code, "ECONNRESET");
  EXPECT_EQ(record().fault.stage, Stage::tls);
  EXPECT_TRUE(record().tls.chain.empty());
}

TEST_F(ObservedTunnelTest, AClientThatRefusesTheServersCertificateHasFailed) {
  serve_tls([](Peer& client) { echo_paths(client); });
  SslPtr trusts_nobody = plain_client({TLS1_3_VERSION, TLS1_3_VERSION, false});
  SSL_set_verify(trusts_nobody.get(), SSL_VERIFY_PEER, nullptr);
  Peer client = connected();
  EXPECT_FALSE(client.start_tls(std::move(trusts_nobody)));
  EXPECT_EQ(record().tls.client_alert, "unknown_ca") << "OpenSSL says it in clear";
  EXPECT_EQ(record().fault.type, FaultType::client);
  EXPECT_EQ(record().fault.stage, Stage::tls);
  EXPECT_EQ(record().fault.code, "alert unknown_ca");
  EXPECT_FALSE(record().tls.established);
}

TEST_F(ObservedTunnelTest, AServerThatStaysSilentIsTold) {
  settings_.connect_timeout = std::chrono::seconds(1);
  origin_ = std::make_unique<Origin>([](Peer& client) { client.read_to_end(); });
  serve(origin_->port());
  start();
  Peer client = connected();
  client.send(openssl_hello({.host = kHost}));
  // The notice comes after kConnectNotice, the end of the patience at the same look.
  const Exchange* last = recorder_.nth(0);
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->fault.type, FaultType::timeout);
  EXPECT_EQ(last->fault.stage, Stage::tls);
  EXPECT_EQ(last->tls.client_sni, kHost);
}

TEST_F(ObservedTunnelTest, AConnectionWithoutAByteIsSpeculative) {
  serve_tls([](Peer& client) { client.read_to_end(); });
  connected().close();
  EXPECT_TRUE(record().speculative);
  EXPECT_FALSE(record().fault);
}

TEST_F(ObservedTunnelTest, SomethingElseThanTlsIsLeftAlone) {
  origin_ = std::make_unique<Origin>([](Peer& client) {
    client.send("220 ready\r\n");
    client.read_to_end();
  });
  serve(origin_->port());
  start();
  Peer client = connected();
  EXPECT_EQ(client.read_until("\r\n"), "220 ready\r\n");
  EXPECT_FALSE(record().tls.attempted);
  EXPECT_FALSE(record().fault);
}

}  // namespace
}  // namespace exotap::test
