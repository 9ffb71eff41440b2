// An opened connection as a whole: the server first, then the client, then their words; one server
// connection for each client connection.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "certs/channel_binding.h"
#include "tests/proxy/wire/hello_bytes.h"
#include "tests/proxy/wire/opened_fixture.h"
#include "tests/proxy/wire/signal.h"
#include "tests/proxy/wire/unlike_bytes.h"

namespace exotap::test {
namespace {

class OpenedSessionTest : public OpenedTest {};

TEST_F(OpenedSessionTest, EachClientConnectionHasOneServerConnectionOfItsOwn) {
  // NTLM and Negotiate authenticate the connection: sharing one would give one user's mail to
  // another.
  std::atomic<int> connections = 0;
  std::mutex mutex;
  std::map<int, std::string> users;  // by server connection
  bool mixed = false;
  settings_.threads = 2;
  serve_tls([&](Peer& client) {
    const int mine = ++connections;
    for (int leg = 0;; ++leg) {
      const std::string head = client.read_until("\r\n\r\n");
      if (!head.ends_with("\r\n\r\n")) return;
      const std::size_t at = head.find("NTLM ") + 5;
      const std::string user = head.substr(at, head.find('\r', at) - at);
      {
        const std::lock_guard lock(mutex);
        mixed = mixed || (users.contains(mine) && users[mine] != user);
        users[mine] = user;
      }
      client.send(leg < 2 ? "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM " + user +
                                "\r\nContent-Length: 0\r\n\r\n"
                          : ok(user));
    }
  });
  constexpr int kClients = 12;
  std::vector<std::thread> clients;
  std::atomic<int> served = 0;
  std::vector<Peer> open_clients;
  for (int i = 0; i < kClients; ++i) open_clients.push_back(open());
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i] {
      const std::string user = "user" + std::to_string(i) + ".";
      const std::string request =
          "GET /EWS HTTP/1.1\r\nHost: h\r\nAuthorization: NTLM " + user + "\r\n\r\n";
      for (int leg = 0; leg < 2; ++leg) {
        open_clients[static_cast<std::size_t>(i)].send(request);
        open_clients[static_cast<std::size_t>(i)].read_until("\r\n\r\n");
      }
      open_clients[static_cast<std::size_t>(i)].send(request);
      if (open_clients[static_cast<std::size_t>(i)].read(ok(user).size()) == ok(user)) ++served;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(served, kClients);
  EXPECT_EQ(connections, kClients);
  const std::lock_guard lock(mutex);
  EXPECT_FALSE(mixed);
}

TEST_F(OpenedSessionTest, ANewClientConnectionNeverGetsAnOldServerConnection) {
  std::atomic<int> connections = 0;
  serve_tls([&](Peer& client) {
    ++connections;
    echo_paths(client);
  });
  for (int i = 1; i <= 3; ++i) {
    Peer client = open();
    client.send(get("/x"));
    EXPECT_EQ(client.read(ok("/x").size()), ok("/x"));
    EXPECT_EQ(connections, i);
  }
}

TEST_F(OpenedSessionTest, AClientOfTls12IsServedInFull) {
  const std::string up = unlike_bytes(8U << 20U, 1);
  const std::string down = unlike_bytes(8U << 20U, 2);
  std::string got;
  serve_tls([&](Peer& client) {
    client.read_until("\r\n\r\n");
    got = client.read(up.size());
    client.send(ok(down));
    client.read_to_end();
  });
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  SslPtr ssl = client_tls();
  SSL_set_max_proto_version(ssl.get(), TLS1_2_VERSION);
  ASSERT_TRUE(client.start_tls(std::move(ssl))) << client.last_error();
  ASSERT_TRUE(client.send(post("/", up.size())));
  ASSERT_TRUE(client.send(up));
  client.read_until("\r\n\r\n");
  EXPECT_TRUE(client.read(down.size()) == down);
  EXPECT_TRUE(got == up);
}

TEST_F(OpenedSessionTest, TheLeafIsForTheClientsHostAndFromTheAuthority) {
  serve_tls([](Peer& client) { client.read_to_end(); });
  Peer client = open();
  const X509Ptr leaf(SSL_get1_peer_certificate(client.ssl()));
  ASSERT_NE(leaf, nullptr);
  EXPECT_EQ(X509_check_host(leaf.get(), kHost, 0, 0, nullptr), 1);
  EXPECT_EQ(SSL_get_verify_result(client.ssl()), X509_V_OK);
}

TEST_F(OpenedSessionTest, ARequestThatSignsInSaysWhatItWouldBeBoundToOnEitherSide) {
  SslCtxPtr context = ca_.server({});
  const auto of_server = channel_binding(SSL_CTX_get0_certificate(context.get()));
  ASSERT_TRUE(of_server);
  serve_with([](Peer& client) { echo_paths(client); }, std::move(context));
  // The second connection resumes the server's session: no certificate comes then.
  for (std::size_t connection = 0; connection < 2; ++connection) {
    Peer client = open();
    const X509Ptr leaf(SSL_get1_peer_certificate(client.ssl()));
    const auto of_leaf = channel_binding(leaf.get());
    ASSERT_TRUE(of_leaf);
    EXPECT_NE(of_leaf, of_server);
    client.send(get("/1"));
    client.read(ok("/1").size());
    client.send("GET /2 HTTP/1.1\r\nHost: h\r\nAuthorization: NTLM TlRMTVNTUAAB\r\n\r\n");
    client.read(ok("/2").size());
    ASSERT_NE(recorder_.nth(connection * 3 + 2), nullptr);
    for (std::size_t i = connection * 3; i < connection * 3 + 3; ++i) {
      const TlsRecord& tls = recorder_.nth(i)->tls;
      const bool signs_in = i % 3 == 2;  // what the others do not need is not worked out for them
      EXPECT_EQ(tls.shown_binding, signs_in ? of_leaf : std::nullopt) << i;
      EXPECT_EQ(tls.server_binding, signs_in ? of_server : std::nullopt) << i;
      EXPECT_EQ(tls.resumed, connection == 1) << i;
    }
  }
}

TEST_F(OpenedSessionTest, BlockExplainsAHandshakeThatFailedInsideTls) {
  settings_.bad_certificate = wire::BadCertificate::block;
  origin_ = std::make_unique<Origin>([](Peer& client) {
    client.read(50);
    client.close(true);
  });
  serve(origin_->port());
  start();
  Peer client = open();
  client.send(get("/"));
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 502")) << answer;
  EXPECT_NE(answer.find("The TLS handshake with mail.contoso.com on port 443 failed (ECONNRESET)"),
            std::string::npos)
      << answer;
  EXPECT_EQ(answer.find("ertificate"), std::string::npos) << "none was received";
  const Exchange* exchange = recorder_.nth(1);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->handling, Handling::refused);
}

TEST_F(OpenedSessionTest, AClientThatLeavesDuringTheServersHandshakeIsRecordedAsThat) {
  Signal hello;
  Origin silent([&](Peer& client) {
    client.read(50);
    hello.raise();
    client.read_to_end();
  });
  serve(silent.port());
  start();
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  std::thread handshake([&] { client.start_tls(client_tls()); });
  ASSERT_TRUE(hello.wait());
  client.abandon();
  handshake.join();
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->client_aborted);
  EXPECT_EQ(exchange->fault.type, FaultType::client);
  EXPECT_EQ(exchange->fault.stage, Stage::tls);
}

TEST_F(OpenedSessionTest, AClientThatGoesSilentInItsHandshakeIsGivenUp) {
  settings_.connect_timeout = std::chrono::seconds(1);
  serve_tls([](Peer& client) { client.read_to_end(); });
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  client.send(openssl_hello({.host = kHost}));  // and then not a word more
  client.read_to_end();
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.type, FaultType::client);
  EXPECT_FALSE(exchange->tls.client_established);
  EXPECT_TRUE(exchange->tls.problems.empty()) << "the server's certificate is not to blame";
}

TEST_F(OpenedSessionTest, ConnectComesFirstAndEveryRequestAfterIt) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer client = open();
  for (const char* path : {"/1", "/2"}) {
    client.send(get(path));
    client.read(ok(path).size());
  }
  ASSERT_NE(recorder_.nth(2), nullptr);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(recorder_.nth(i)->sequence, i);
    EXPECT_EQ(recorder_.nth(i)->is_connect, i == 0);
    EXPECT_EQ(recorder_.nth(i)->connection_id, recorder_.nth(0)->connection_id);
    EXPECT_EQ(recorder_.nth(i)->handling, Handling::opened);
  }
  EXPECT_EQ(recorder_.nth(1)->timings.connect, std::nullopt) << "told once";
  EXPECT_TRUE(recorder_.nth(1)->timings.wait);
}

}  // namespace
}  // namespace exotap::test
