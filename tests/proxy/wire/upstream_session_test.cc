// Out through scripted proxies: what they say reaches the client as it came, and where they fail
// nothing goes another way.
#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "tests/proxy/wire/upstream_fixture.h"

namespace exotap::test {
namespace {

using namespace std::string_literals;
using wire::Hop;

using UpstreamSessionTest = UpstreamFixture;

TEST_F(UpstreamSessionTest, ATunnelThroughIt) {
  std::string asked;
  go_through(upstream([&](Peer& client) {
    asked = client.read_until("\r\n\r\n");
    client.send(kEstablished + "early"s);
    echo(client);
  }));
  start();
  Peer client = dial_proxy();
  EXPECT_EQ(connect(client, "bank.example:443"), kEstablished) << "as the proxy said it";
  client.send("hello");
  EXPECT_EQ(client.read(10), "earlyhello");
  EXPECT_EQ(asked, "CONNECT bank.example:443 HTTP/1.1\r\nHost: bank.example:443\r\n\r\n");
  EXPECT_EQ(record().handling, Handling::tunnelled);
  EXPECT_EQ(record().upstream_address, settings_.upstream.proxy.name());
  EXPECT_EQ(record().upstream_type, "fixed");
  EXPECT_EQ(record().server.address, "") << "nobody here knows the server's address";
}

TEST_F(UpstreamSessionTest, AnOpenedHostIsOpenedThroughIt) {
  origin_ = std::make_unique<Origin>([](Peer& client) { echo_paths(client); }, ca_.server({}));
  go_through(upstream([this](Peer& client) { splice(client, origin_->port()); }));
  start();
  Peer client = open();
  client.send(get("/1"));
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
  EXPECT_EQ(record(0).handling, Handling::opened);
  EXPECT_FALSE(record(0).tls.chain.empty());
  EXPECT_EQ(record(1).upstream_type, "fixed");
}

TEST_F(UpstreamSessionTest, AnOpenedHostIsOpenedThroughAProxyThatSpeaksTls) {
  origin_ = std::make_unique<Origin>([](Peer& client) { echo_paths(client); }, ca_.server({}));
  Hop hop = upstream([this](Peer& client) { splice(client, origin_->port()); },
                     ca_.server({.name = "localhost"}));
  hop.at.host = "localhost";
  go_through(hop);
  start();
  Peer client = open();
  client.send(get("/1"));
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
  client.close();
  EXPECT_EQ(record(1).answer.head.status, 200);
}

// The first tunnel leads to no TLS and is over for us, but the proxy does not close it: its pumps
// must have ended before the second takes its place.
TEST_F(UpstreamSessionTest, ASecondTunnelThroughAProxyThatSpeaksTlsWaitsForTheFirstsEnd) {
  origin_ = std::make_unique<Origin>([](Peer& client) { echo_paths(client); }, ca_.server({}));
  std::atomic<int> tunnels = 0;
  std::promise<void> done;
  Hop hop = upstream(
      [&](Peer& client) {
        if (tunnels++ > 0) {
          splice(client, origin_->port());
          return;
        }
        client.read_until("\r\n\r\n");
        client.send(kEstablished + "no TLS at all\r\n"s);
        done.get_future().wait_for(std::chrono::seconds(20));
      },
      ca_.server({.name = "localhost"}));
  hop.at.host = "localhost";
  go_through(hop);
  start();
  Peer client = dial_proxy();
  EXPECT_EQ(connect(client, "mail.contoso.com:443"), kEstablished);
  SslPtr tls = client_tls();
  SSL_set_verify(tls.get(), SSL_VERIFY_NONE, nullptr);  // it meets the server's own
  EXPECT_TRUE(client.start_tls(std::move(tls))) << client.last_error();
  client.send(get("/1"));
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
  done.set_value();
  client.close();
  EXPECT_EQ(record().step_aside, "server_handshake_failed");
  EXPECT_EQ(tunnels, 2);
}

TEST_F(UpstreamSessionTest, AProxysOwnBadCertificateIsTheProxysFault) {
  Hop hop = upstream([](Peer& client) { echo(client); },
                     ca_.server({.name = "localhost", .begins_in = -7200, .ends_in = -3600}));
  hop.at.host = "localhost";
  go_through(hop);
  start();
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "mail.contoso.com:443").starts_with("HTTP/1.1 502"));
  EXPECT_EQ(record().fault.type, FaultType::proxy);
  EXPECT_EQ(record().fault.code, "CERTIFICATE_EXPIRED");
  EXPECT_TRUE(record().tls.problems.empty()) << "no certificate of the host was received";
  EXPECT_TRUE(record().tls.chain.empty());
}

TEST_F(UpstreamSessionTest, ADeadProxyFailsClosedAndIsNamed) {
  std::atomic<int> reached = 0;
  origin_ = std::make_unique<Origin>([&](Peer&) { ++reached; });
  serve(origin_->port());
  go_through({Hop::Kind::http, {"127.0.0.1", closed_port()}});
  settings_.connect_to = {};
  start();
  Peer client = dial_proxy();
  const std::string answer = connect(client, "mail.contoso.com:443");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 502")) << answer;
  EXPECT_NE(client.read_to_end().find(settings_.upstream.proxy.name()), std::string::npos);
  EXPECT_EQ(record().fault.type, FaultType::proxy);
  EXPECT_EQ(record().fault.code, "ECONNREFUSED");
  EXPECT_NE(record().fault.detail.find(settings_.upstream.proxy.name()), std::string::npos);
  EXPECT_EQ(reached, 0);
}

TEST_F(UpstreamSessionTest, ARefusalReachesTheClientAsItCame) {
  const std::string no = refusal(403, "X-Squid-Error: ERR_ACCESS_DENIED 0\r\n", "<b>policy</b>");
  go_through(upstream([&](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(no);
    client.read_to_end();
  }));
  start();
  Peer client = dial_proxy();
  std::string got = connect(client, "mail.contoso.com:443");
  got += client.read(13);
  EXPECT_EQ(got, no);
  EXPECT_EQ(record().fault.type, FaultType::proxy);
  EXPECT_EQ(record().fault.code, "403");
  EXPECT_EQ(record().answer.head.status, 403);
}

TEST_F(UpstreamSessionTest, AClientSignsInByItselfOverOneConnection) {
  std::atomic<int> connections = 0;
  const std::string first = refusal(407, "Proxy-Authenticate: NTLM\r\n", "");
  const std::string second = refusal(407, "Proxy-Authenticate: NTLM TlRMTVNTUAAC\r\n");
  std::vector<std::string> heads;
  go_through(upstream([&](Peer& client) {
    ++connections;
    for (const std::string& answer : {first, second, std::string(kEstablished)}) {
      heads.push_back(client.read_until("\r\n\r\n"));
      client.send(answer);
    }
    echo(client);
  }));
  start();
  Peer client = dial_proxy();
  const auto ask = [&](const std::string& fields) {
    client.send("CONNECT bank.example:443 HTTP/1.1\r\nHost: bank.example:443\r\n" + fields +
                "\r\n");
  };
  ask("");
  EXPECT_EQ(client.read(first.size()), first);
  ask("Proxy-Authorization: NTLM one\r\n");
  EXPECT_EQ(client.read(second.size()), second);
  ask("Proxy-Authorization: NTLM three\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), kEstablished);
  client.send("x");
  EXPECT_EQ(client.read(1), "x");
  EXPECT_EQ(connections, 1);
  ASSERT_EQ(heads.size(), 3U);
  EXPECT_NE(heads[2].find("Proxy-Authorization: NTLM three\r\n"), std::string::npos);
  EXPECT_EQ(record(0).fault.code, "407");
  EXPECT_EQ(record(2).fault.type, FaultType::none);
}

// A server that wants the client's certificate needs a fresh connection, and the third message of
// NTLM is good on its own connection alone.
TEST_F(UpstreamSessionTest, AClientsWindowsSignInIsNotSaidAgainOnAnotherConnection) {
  SslCtxPtr wanting = ca_.server({});
  SSL_CTX_load_verify_file(wanting.get(), ca_.write_root(folder_ / "users.pem").c_str());
  SSL_CTX_set_verify(wanting.get(), SSL_VERIFY_PEER, nullptr);
  origin_ = std::make_unique<Origin>([](Peer& client) { echo_paths(client); }, std::move(wanting));
  std::atomic<int> tunnels = 0;
  go_through(upstream([&](Peer& client) {
    ++tunnels;
    splice(client, origin_->port());
  }));
  start();
  for (int i = 0; i < 2; ++i) {
    Peer client = dial_proxy();
    client.send(
        "CONNECT mail.contoso.com:443 HTTP/1.1\r\nHost: mail.contoso.com:443\r\n"
        "Proxy-Authorization: NTLM TlRMTVNTUAADAAAA\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), kEstablished);
    ASSERT_EQ(client.start_tls(client_tls(kHost, "\x08http/1.1")), i == 0)
        << "the second meets the server's own certificate";
    client.close();
    const Exchange& seen = record(static_cast<std::size_t>(i));
    EXPECT_EQ(tunnels, i + 1) << "none but the client's own";
    EXPECT_EQ(seen.handling, i == 0 ? Handling::opened : Handling::tunnelled);
    EXPECT_EQ(seen.step_aside, i == 0 ? "" : "client_certificate_wanted");
  }
}

TEST_F(UpstreamSessionTest, OurOwnSignInTakesTheClientsPlace) {
  settings_.upstream.credentials = {"john", "pw", false};
  std::vector<std::string> heads;
  go_through(upstream([&](Peer& client) {
    heads.push_back(client.read_until("\r\n\r\n"));
    if (heads.size() == 1) {
      client.send(refusal(407, "Proxy-Authenticate: Basic realm=x\r\nConnection: close\r\n"));
      return;
    }
    client.send(kEstablished);
    echo(client);
  }));
  start();
  Peer client = dial_proxy();
  EXPECT_EQ(connect(client, "bank.example:443"), kEstablished);
  client.close();
  EXPECT_EQ(record().fault.type, FaultType::none);
  ASSERT_EQ(heads.size(), 2U);
  EXPECT_EQ(heads[0].find("Proxy-Authorization"), std::string::npos);
  EXPECT_NE(heads[1].find("Proxy-Authorization: Basic am9objpwdw==\r\n"), std::string::npos);
}

TEST_F(UpstreamSessionTest, ASignInThatIsRefusedIsTriedOnce) {
  settings_.upstream.credentials = {"john", "wrong", false};
  std::atomic<int> asked = 0;
  const std::string no = refusal(407, "Proxy-Authenticate: Basic realm=x\r\n");
  go_through(upstream([&](Peer& client) {
    while (!client.read_until("\r\n\r\n").empty()) {
      ++asked;
      client.send(no);
    }
  }));
  start();
  Peer client = dial_proxy();
  std::string got = connect(client, "bank.example:443");
  got += client.read(2);
  EXPECT_EQ(got, no);
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(record().upstream_sign_in, "sent");
}

TEST_F(UpstreamSessionTest, AlternativesAreTriedInOrderAndOnlyTheseWays) {
  const Hop alive = upstream([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(kEstablished);
    echo(client);
  });
  go_by({dead(), alive.name()});
  start();
  Peer client = dial_proxy();
  EXPECT_EQ(connect(client, "bank.example:443"), kEstablished);
  client.close();
  EXPECT_EQ(record().upstream_address, alive.name());
  EXPECT_EQ(record().upstream_type, "pac");
}

TEST_F(UpstreamSessionTest, DirectIsTakenWhereThePacFileSaysSo) {
  origin_ = std::make_unique<Origin>([](Peer& client) { echo(client); });
  serve(origin_->port(), "bank.example");
  go_by({dead(), "direct://"});
  start();
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "bank.example:443").starts_with("HTTP/1.1 200"));
  client.close();
  EXPECT_EQ(record().upstream_address, "");
  EXPECT_EQ(record().server.address, "127.0.0.1");
}

TEST_F(UpstreamSessionTest, WhereTheLastResortFailsTooTheProxyIsStillBlamed) {
  serve(closed_port(), "bank.example");
  const std::string first = dead();
  go_by({first, "direct://"});
  start();
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "bank.example:443").starts_with("HTTP/1.1 502"));
  EXPECT_EQ(record().fault.type, FaultType::proxy);
  EXPECT_EQ(record().upstream_address, first);
  EXPECT_EQ(record().server.address, "");
}

TEST_F(UpstreamSessionTest, AProxyThatAnsweredIsNotGoneAround) {
  std::atomic<int> others = 0;
  const Hop forbids = upstream([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send(refusal(403, ""));
    client.read_to_end();
  });
  const Hop other = upstream([&](Peer&) { ++others; });
  go_by({forbids.name(), other.name(), "direct://"});
  start();
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "bank.example:443").starts_with("HTTP/1.1 403"));
  EXPECT_EQ(others, 0);
}

TEST_F(UpstreamSessionTest, WhereNobodyKnowsTheWayNoneIsTaken) {
  std::atomic<int> reached = 0;
  origin_ = std::make_unique<Origin>([&](Peer&) { ++reached; });
  serve(origin_->port());
  go_by({}, "the PAC file cannot be had");
  start();
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "mail.contoso.com:443").starts_with("HTTP/1.1 502"));
  EXPECT_EQ(record().fault.code, "NO_ROUTE");
  EXPECT_EQ(reached, 0);
}

TEST_F(UpstreamSessionTest, AProxyThatIsExotapItselfIsNoWay) {
  go_through({Hop::Kind::http, {"127.0.0.1", 0}});
  settings_.upstream.proxy.at.host = "localhost";
  start();
  settings_.upstream.proxy.at.port = proxy_->listening().port;
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "bank.example:443").starts_with("HTTP/1.1 403"));
  EXPECT_EQ(record().fault.code, "OWN_ADDRESS");
}

}  // namespace
}  // namespace exotap::test
