// From CONNECT to the decision: whom the client means, by the name it gave the proxy, the one in
// its ClientHello, or none.
#include <gtest/gtest.h>

#include "tests/proxy/wire/hello_bytes.h"
#include "tests/proxy/wire/opened_fixture.h"
#include "tests/proxy/wire/signal.h"

namespace exotap::test {
namespace {

using namespace std::string_literals;

class ConnectSessionTest : public OpenedTest {
 protected:
  // A server that is no TLS server: what reaches it was tunnelled. It says back what it is told.
  void serve_echo(const std::string& host, int port = 443) {
    origin_ = std::make_unique<Origin>([](Peer& client) {
      for (std::string some = client.read(1); !some.empty(); some = client.read(1))
        client.send(some);
    });
    serve(origin_->port(), host, port);
    start();
  }
  const Exchange& record() {
    const Exchange* exchange = recorder_.nth(0);
    static const Exchange kNone;
    EXPECT_NE(exchange, nullptr);
    return exchange != nullptr ? *exchange : kNone;
  }
};

TEST_F(ConnectSessionTest, ATargetWithoutAPortIsRefused) {
  start();
  for (const char* target : {"mail.contoso.com", "mail.contoso.com:", "mail.contoso.com:x",
                             "mail.contoso.com:99999", "2001:db8::1:443", ":443"}) {
    Peer client = dial_proxy();
    EXPECT_TRUE(connect(client, target).starts_with("HTTP/1.1 400")) << target;
  }
  EXPECT_EQ(record().handling, Handling::refused);
  EXPECT_EQ(record().handling_reason, "malformed_target");
}

TEST_F(ConnectSessionTest, TakesAnIpv6Target) {
  serve_echo("[2001:db8::1]");
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "[2001:DB8::1]:443").starts_with("HTTP/1.1 200"));
  client.send("not tls");
  EXPECT_EQ(client.read(7), "not tls");
  EXPECT_EQ(record().host, "2001:db8::1");
}

TEST_F(ConnectSessionTest, AHostIsTheSameInAnyCaseAndWithItsDot) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "MAIL.Contoso.com.:443").starts_with("HTTP/1.1 200"));
  ASSERT_TRUE(client.start_tls(client_tls())) << client.last_error();
  client.send(get("/1"));
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
  EXPECT_EQ(record().host, "mail.contoso.com");
}

TEST_F(ConnectSessionTest, AHelloThatComesWithConnectIsNotWaitedFor) {
  Signal seen;
  std::string first;
  origin_ = std::make_unique<Origin>([&](Peer& client) {
    first = client.read(5);
    seen.raise();
    client.read_to_end();
  });
  serve(origin_->port());
  start();
  Peer client = dial_proxy();
  client.send("CONNECT mail.contoso.com:443 HTTP/1.1\r\n\r\n" + openssl_hello({.host = kHost}));
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
  ASSERT_TRUE(seen.wait());
  EXPECT_EQ(first.substr(0, 2), "\x16\x03");
}

TEST_F(ConnectSessionTest, AHelloInPiecesIsStillOpened) {
  serve_tls([](Peer& client) { echo_paths(client); });
  for (const std::size_t records : {0U, 1U, 100U}) {
    const std::string hello = openssl_hello({.host = kHost});
    Peer client = dial_proxy();
    connect(client, "mail.contoso.com:443");
    const std::string bytes = records == 0 ? hello : in_records(hello.substr(5), records);
    for (const char byte : bytes) ASSERT_TRUE(client.send({&byte, 1}));
    // A ServerHello answers: a handshake record of type 2.
    const std::string answer = client.read(6);
    ASSERT_EQ(answer.size(), 6U);
    EXPECT_EQ(answer[0], '\x16');
    EXPECT_EQ(answer[5], '\x02');
  }
}

TEST_F(ConnectSessionTest, AHelloForAnotherHostIsDecidedByThatHost) {
  serve_echo(kHost);
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  const std::string hello = openssl_hello({.host = "bank.example"});
  client.send(hello);
  EXPECT_EQ(client.read(hello.size()), hello) << "tunnelled, not opened";
  EXPECT_EQ(record().handling, Handling::tunnelled);
  EXPECT_EQ(record().handling_reason, "not_mail_host");
  EXPECT_EQ(record().host, "bank.example");
  EXPECT_FALSE(record().mail_related);
  EXPECT_EQ(record().tls.client_sni, "bank.example");
}

TEST_F(ConnectSessionTest, AnotherMailHostInTheHelloIsOpenedByItsOwnName) {
  serve_tls([](Peer& client) { echo_paths(client); }, {.name = "sts.contoso.com"});
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  ASSERT_TRUE(client.start_tls(client_tls("sts.contoso.com"))) << client.last_error();
  client.send(get("/adfs"));
  EXPECT_EQ(client.read(ok("/adfs").size()), ok("/adfs"));
  EXPECT_EQ(record().host, "sts.contoso.com");
  EXPECT_TRUE(record().tls.problems.empty());
}

TEST_F(ConnectSessionTest, AHelloWithoutANameMeansTheHostOfConnect) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  SslPtr ssl = client_tls();
  SSL_set_tlsext_host_name(ssl.get(), nullptr);
  ASSERT_TRUE(client.start_tls(std::move(ssl))) << client.last_error();
  client.send(get("/1"));
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
  EXPECT_EQ(record().tls.client_sni, "");
}

TEST_F(ConnectSessionTest, AnAddressWithoutANameInTheHelloPasses) {
  serve_echo("192.0.2.7");
  Peer client = dial_proxy();
  connect(client, "192.0.2.7:443");
  const std::string hello = openssl_hello({});
  client.send(hello);
  EXPECT_EQ(client.read(hello.size()), hello);
  EXPECT_EQ(record().handling_reason, "address_without_name");
  EXPECT_EQ(record().handling, Handling::tunnelled);
}

TEST_F(ConnectSessionTest, AnAddressThatIsToBeTunnelledIsWhateverTheHelloSays) {
  settings_.policy.tunnel = {"192.0.2.7"};
  serve_echo("192.0.2.7");
  Peer client = dial_proxy();
  connect(client, "192.0.2.7:443");
  const std::string hello = openssl_hello({.host = kHost});
  client.send(hello);
  EXPECT_EQ(client.read(hello.size()), hello) << "--tunnel wins over all";
  EXPECT_EQ(record().handling_reason, "tunnel_option");
}

TEST_F(ConnectSessionTest, AServerMaySpeakFirstAtAnAddressToo) {
  // ssh, or SMTP with STARTTLS: the client waits for the server's greeting.
  origin_ = std::make_unique<Origin>([](Peer& client) {
    client.send("220 ready\r\n");
    EXPECT_EQ(client.read_until("\r\n"), "EHLO\r\n");
    client.send("250 fine\r\n");
    client.read_to_end();
  });
  serve(origin_->port(), "192.0.2.7", 2525);
  serve(origin_->port(), kHost, 2525);
  start();
  for (const char* target : {"192.0.2.7:2525", "mail.contoso.com:2525"}) {
    Peer client = dial_proxy();
    connect(client, target);
    ASSERT_EQ(client.read_until("\r\n"), "220 ready\r\n") << target;
    client.send("EHLO\r\n");
    EXPECT_EQ(client.read_until("\r\n"), "250 fine\r\n") << target;
  }
  EXPECT_EQ(record().handling, Handling::tunnelled);
  EXPECT_EQ(record().handling_reason, "server_speaks_first");
}

TEST_F(ConnectSessionTest, SomethingElseThanTlsToAMailHostPasses) {
  serve_echo(kHost);
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  client.send("SSH-2.0-client\r\n");
  EXPECT_EQ(client.read_until("\r\n"), "SSH-2.0-client\r\n");
  EXPECT_EQ(record().handling, Handling::tunnelled);
  EXPECT_EQ(record().handling_reason, "not_tls");
}

TEST_F(ConnectSessionTest, AHelloThatCannotBeReadPasses) {
  serve_echo(kHost);
  const std::string odd = "\x16\x03\x03\x00\x05\x02\x00\x00\x01x"s;
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  client.send(odd);
  EXPECT_EQ(client.read(odd.size()), odd);
  EXPECT_EQ(record().handling_reason, "unreadable_client_hello");
}

TEST_F(ConnectSessionTest, AHelloThatNeverEndsIsGivenUpAndTheProxyServesOn) {
  serve_echo(kHost);
  Peer endless = dial_proxy();
  connect(endless, "mail.contoso.com:443");
  // Records of one byte each: more bytes than a hello may have, and none of them wrong.
  endless.send(in_records(number(1, 1) + number(32 * 1024 - 10, 3) + std::string(25'000, 'x'), 1));
  endless.read_to_end();
  Peer other = dial_proxy();
  EXPECT_TRUE(connect(other, "mail.contoso.com:443").starts_with("HTTP/1.1 200"));
}

TEST_F(ConnectSessionTest, MailPortsAreNotOpened) {
  serve_echo(kHost, 993);
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:993");
  const std::string hello = openssl_hello({.host = kHost});
  client.send(hello);
  EXPECT_EQ(client.read(hello.size()), hello);
  EXPECT_EQ(record().handling_reason, "not_https_port");
  EXPECT_TRUE(record().mail_related);
}

TEST_F(ConnectSessionTest, AHostTheAuthorityMayNotSignForPasses) {
  settings_.policy.open = {"mail.fabrikam.com"};
  serve_echo("mail.fabrikam.com");
  Peer client = dial_proxy();
  connect(client, "mail.fabrikam.com:443");
  client.send("raw");
  EXPECT_EQ(client.read(3), "raw");
  EXPECT_EQ(record().handling_reason, "outside_constraints");
  EXPECT_TRUE(record().mail_related);
}

TEST_F(ConnectSessionTest, OnceTheAuthorityHasExpiredHostsPassAndThatIsSaidOnce) {
  expired_ = true;
  std::mutex mutex;
  std::vector<std::string> said;
  settings_.notice = [&](const std::string& notice) {
    const std::lock_guard lock(mutex);
    said.push_back(notice);
  };
  serve_echo(kHost);
  for (int i = 0; i < 2; ++i) {
    Peer client = dial_proxy();
    connect(client, "mail.contoso.com:443");
    const std::string hello = openssl_hello({.host = kHost});
    client.send(hello);
    EXPECT_EQ(client.read(hello.size()), hello) << "tunnelled, not opened";
  }
  EXPECT_EQ(record().handling_reason, "authority_expired");
  EXPECT_TRUE(record().mail_related);
  proxy_->stop(std::chrono::seconds(0));
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(said[0].find("start exotap again"), std::string::npos) << said[0];
}

TEST_F(ConnectSessionTest, AClientThatDoesNotOfferHttp11Passes) {
  serve_echo(kHost);
  {
    Peer client = dial_proxy();
    connect(client, "mail.contoso.com:443");
    const std::string hello = openssl_hello({.host = kHost, .alpn = "\x02h2"});
    client.send(hello);
    EXPECT_EQ(client.read(hello.size()), hello) << "tunnelled, not opened";
  }
  EXPECT_EQ(record().handling_reason, "no_http11_offered");
}

TEST_F(ConnectSessionTest, AClientOfHttp10IsOpened) {
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  ASSERT_TRUE(client.start_tls(client_tls(kHost, "\x08http/1.0"))) << client.last_error();
  EXPECT_EQ(record().handling, Handling::opened);
}

TEST_F(ConnectSessionTest, TheRecordOfASuccessHasItsTimingsAndTheServersAddress) {
  serve_tls([](Peer& client) { client.read_to_end(); });
  Peer client = open();
  const Exchange& connect = record();
  EXPECT_EQ(connect.server.address, "127.0.0.1");
  EXPECT_EQ(connect.server.port, origin_->port());
  EXPECT_EQ(connect.port, 443);
  EXPECT_EQ(connect.client.address, "127.0.0.1");
  EXPECT_TRUE(connect.timings.connect);
  EXPECT_TRUE(connect.timings.tls);
  EXPECT_GT(connect.timings.total.count(), 0);
  EXPECT_EQ(connect.answer.head.status, 200);
  EXPECT_EQ(connect.sequence, 0U);
  EXPECT_TRUE(connect.opened_by_policy);
}

}  // namespace
}  // namespace exotap::test
