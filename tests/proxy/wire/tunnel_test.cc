// Hosts that are not opened: their bytes pass untouched, their ends as they come.
#include <gtest/gtest.h>

#include <thread>

#include "tests/proxy/wire/proxy_fixture.h"
#include "tests/proxy/wire/signal.h"
#include "tests/proxy/wire/unlike_bytes.h"

namespace exotap::test {
namespace {

class TunnelTest : public ProxyTest {
 protected:
  static constexpr const char* kOther = "bank.example";
  void serve_raw(Origin::Script script) {
    origin_ = std::make_unique<Origin>(std::move(script));
    serve(origin_->port(), kOther);
    start();
  }
  Peer tunnel() {
    Peer client = dial_proxy();
    EXPECT_TRUE(connect(client, "bank.example:443").starts_with("HTTP/1.1 200"));
    return client;
  }
  std::unique_ptr<Origin> origin_;
};

TEST_F(TunnelTest, CarriesTwentyMebibytesEachWayUnchanged) {
  const std::string up = unlike_bytes(20U << 20U, 1);
  const std::string down = unlike_bytes(20U << 20U, 2);
  bool same = false;
  serve_raw([&](Peer& client) {
    std::thread sender([&] { client.send(down); });
    same = client.read(up.size()) == up;
    sender.join();
    client.send("end");
    client.read_to_end();
  });
  Peer client = tunnel();
  std::thread sender([&] { client.send(up); });
  EXPECT_TRUE(client.read(down.size()) == down);
  sender.join();
  EXPECT_EQ(client.read(3), "end");
  EXPECT_TRUE(same);
}

TEST_F(TunnelTest, AClientThatDoesNotReadStopsTheServerToo) {
  constexpr std::size_t kSize = 40U << 20U;
  const std::string data = unlike_bytes(kSize);
  Signal sent;
  serve_raw([&](Peer& client) {
    for (std::size_t at = 0; at < kSize; at += 64 * 1024) {
      if (!client.send(std::string_view(data).substr(at, 64 * 1024))) return;
      sent.raise(64 * 1024);
    }
    client.read_to_end();
  });
  Peer client = tunnel();
  ASSERT_TRUE(sent.wait());
  EXPECT_LT(sent.settled(std::chrono::milliseconds(500)), 30U << 20U);
  EXPECT_TRUE(client.read(kSize) == data) << "and then every byte arrives";
}

TEST_F(TunnelTest, TheClientsTlsIsTheServersOwn) {
  Origin server([](Peer& client) { client.send("hello"); }, ca_.server({.name = kOther}));
  serve(server.port(), kOther);
  start();
  Peer client = dial_proxy();
  connect(client, "bank.example:443");
  const SslCtxPtr context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_load_verify_file(context.get(), (folder_ / "root.pem").c_str());  // not exotap's
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SslPtr ssl(SSL_new(context.get()));
  SSL_set_tlsext_host_name(ssl.get(), kOther);
  SSL_set1_host(ssl.get(), kOther);
  SSL_set_connect_state(ssl.get());
  ASSERT_TRUE(client.start_tls(std::move(ssl))) << client.last_error();
  EXPECT_EQ(client.read(5), "hello");
}

TEST_F(TunnelTest, AServerMaySpeakFirst) {
  serve_raw([](Peer& client) {
    client.send("220 ready\r\n");
    EXPECT_EQ(client.read_until("\r\n"), "EHLO\r\n");
    client.send("250 fine\r\n");
    client.read_to_end();
  });
  Peer client = tunnel();
  EXPECT_EQ(client.read_until("\r\n"), "220 ready\r\n");
  client.send("EHLO\r\n");
  EXPECT_EQ(client.read_until("\r\n"), "250 fine\r\n");
}

TEST_F(TunnelTest, BytesSentTogetherWithConnectAreNotLost) {
  serve_raw([](Peer& client) {
    client.send(client.read_until("early"));
    client.read_to_end();
  });
  Peer client = dial_proxy();
  client.send("CONNECT bank.example:443 HTTP/1.1\r\n\r\nvery early");
  client.read_until("\r\n\r\n");
  EXPECT_EQ(client.read(10), "very early");
}

TEST_F(TunnelTest, OneSidesEndIsPassedOnAndTheOtherGoesOn) {
  serve_raw([](Peer& client) {
    const std::string all = client.read_to_end();
    client.send("got " + all);
  });
  Peer client = tunnel();
  client.send("everything");
  client.shutdown_send();
  EXPECT_EQ(client.read_to_end(), "got everything");
  EXPECT_FALSE(client.was_reset());
}

TEST_F(TunnelTest, AResetIsPassedOnAsAReset) {
  serve_raw([](Peer& client) {
    client.read(2);
    client.close(true);
  });
  Peer client = tunnel();
  client.send("go");
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_TRUE(client.was_reset());
}

TEST_F(TunnelTest, AClientsResetReachesTheServer) {
  Signal ended;
  bool reset = false;
  serve_raw([&](Peer& client) {
    client.send("go");
    client.read_to_end();
    reset = client.was_reset();
    ended.raise();
  });
  Peer client = tunnel();
  client.read(2);
  client.close(true);
  ASSERT_TRUE(ended.wait());
  EXPECT_TRUE(reset);
}

TEST_F(TunnelTest, SilenceBothWaysEndsByTheIdleLimit) {
  settings_.idle_timeout = std::chrono::seconds(1);
  Signal ended;
  serve_raw([&](Peer& client) {
    client.read_to_end();
    ended.raise();
  });
  Peer client = tunnel();
  EXPECT_TRUE(client.ended());
  EXPECT_TRUE(ended.wait());
}

TEST_F(TunnelTest, IsRecordedOnceAndWithoutContent) {
  serve_raw([](Peer& client) {
    client.send("secret answer");
    client.read_to_end();
  });
  {
    Peer client = tunnel();
    client.send("secret question");
    client.read(13);
  }
  proxy_->stop(std::chrono::seconds(10));
  ASSERT_EQ(recorder_.count(), 1U);
  const Exchange* exchange = recorder_.nth(0);
  EXPECT_TRUE(exchange->is_connect);
  EXPECT_EQ(exchange->handling, Handling::tunnelled);
  EXPECT_EQ(exchange->request.body, "");
  EXPECT_EQ(exchange->answer.body, "");
  EXPECT_FALSE(exchange->tls.attempted);
}

}  // namespace
}  // namespace exotap::test
