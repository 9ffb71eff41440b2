// What a client meets from its first byte on: CONNECT, failures before and inside TLS, tunnels and
// requests in clear.
#include "proxy/wire/session.h"

#include <gtest/gtest.h>

#include "tests/proxy/wire/proxy_fixture.h"
#include "tests/proxy/wire/silent_port.h"

namespace exotap::test {
namespace {

class SessionTest : public ProxyTest {};

// What a client without exotap would be told of this server: OpenSSL's words.
std::string words_of_direct_client(std::uint16_t port, const std::filesystem::path& root) {
  const SslCtxPtr context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_load_verify_file(context.get(), root.c_str());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SslPtr ssl(SSL_new(context.get()));
  SSL_set_tlsext_host_name(ssl.get(), "mail.contoso.com");
  SSL_set1_host(ssl.get(), "mail.contoso.com");
  SSL_set_connect_state(ssl.get());
  Peer direct = Peer::dial(port);
  SSL* raw = ssl.get();
  if (direct.start_tls(std::move(ssl))) return "no error";
  return direct.last_error() + ": " + X509_verify_cert_error_string(SSL_get_verify_result(raw));
}

std::string words_of(Peer& client, SslPtr ssl) {
  SSL* raw = ssl.get();
  if (client.start_tls(std::move(ssl))) return "no error";
  return client.last_error() + ": " + X509_verify_cert_error_string(SSL_get_verify_result(raw));
}

TEST_F(SessionTest, ARefusedConnectionIsAConnectThatFails) {
  serve(closed_port());
  start();
  Peer client = dial_proxy();
  const std::string head = connect(client, "mail.contoso.com:443");
  EXPECT_TRUE(head.starts_with("HTTP/1.1 502")) << head;
  const std::string page = client.read_to_end();
  EXPECT_NE(page.find("mail.contoso.com on port 443 refused"), std::string::npos) << page;
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->is_connect);
  EXPECT_EQ(exchange->fault.type, FaultType::tcp);
  EXPECT_EQ(exchange->fault.stage, Stage::connect);
  EXPECT_EQ(exchange->fault.code, "ECONNREFUSED");
  EXPECT_TRUE(exchange->tls.chain.empty());
  EXPECT_TRUE(exchange->mail_related);
  EXPECT_EQ(exchange->answer.head.status, 502);
}

TEST_F(SessionTest, ANameThatDoesNotResolveIsSaidSo) {
  start();
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "nowhere.contoso.com.invalid:443").starts_with("HTTP/1.1 502"));
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.type, FaultType::dns);
  EXPECT_FALSE(exchange->mail_related);
}

TEST_F(SessionTest, ASilentPortIsToldWhileItWaitsAndThenTimesOut) {
  const SilentPort silent;
  settings_.connect_timeout = std::chrono::seconds(2);
  serve(silent.port());
  start();
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "mail.contoso.com:443").starts_with("HTTP/1.1 504"));
  const Exchange* waiting = recorder_.nth(0);
  const Exchange* ended = recorder_.nth(1);
  ASSERT_NE(ended, nullptr);
  EXPECT_TRUE(waiting->still_waiting);
  EXPECT_EQ(waiting->id, ended->id);
  EXPECT_FALSE(ended->still_waiting);
  EXPECT_EQ(ended->fault.type, FaultType::timeout);
  EXPECT_EQ(ended->fault.stage, Stage::connect);
}

TEST_F(SessionTest, AClientThatLosesInterestSoonIsRecordedAsThat) {
  const SilentPort silent;
  serve(silent.port());
  start();
  Peer client = dial_proxy();
  client.send("CONNECT mail.contoso.com:443 HTTP/1.1\r\n\r\n");
  client.close();
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->client_aborted);
  EXPECT_EQ(exchange->fault.type, FaultType::client);
}

TEST_F(SessionTest, AHandshakeCutAfterClientHelloIsNoCertificateMatter) {
  Origin origin([](Peer& client) {
    client.read(50);
    client.close(true);
  });
  serve(origin.port());
  start();
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  EXPECT_FALSE(client.start_tls(client_tls()));
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.type, FaultType::tls);
  EXPECT_EQ(exchange->fault.code, "ECONNRESET");
  EXPECT_TRUE(exchange->tls.attempted);
  EXPECT_TRUE(exchange->tls.chain.empty());
  EXPECT_TRUE(exchange->tls.problems.empty());
}

TEST_F(SessionTest, AnAlertReachesTheClientAsThatAlert) {
  Origin origin([](Peer& client) {
    client.read(50);
    client.send(std::string("\x15\x03\x03\x00\x02\x02\x28", 7));
    client.read_to_end();
  });
  serve(origin.port());
  start();
  const std::string direct = words_of_direct_client(origin.port(), folder_ / "root.pem");
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  EXPECT_EQ(words_of(client, client_tls()), direct);
  EXPECT_NE(direct.find("handshake failure"), std::string::npos) << direct;
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.code, "alert handshake_failure");
  EXPECT_EQ(exchange->tls.alert_received, "handshake_failure");
}

TEST_F(SessionTest, SomethingElseThanTlsReachesTheClientAsItIs) {
  Origin origin([](Peer& client) {
    client.read(50);
    client.send("HTTP/1.0 400 Bad Request\r\n\r\n");
    client.read_to_end();
  });
  serve(origin.port());
  start();
  const std::string direct = words_of_direct_client(origin.port(), folder_ / "root.pem");
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  EXPECT_EQ(words_of(client, client_tls()), direct);
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.code, "NOT_TLS");
}

TEST_F(SessionTest, SilenceAfterClientHelloEndsByTheTimeLimit) {
  settings_.connect_timeout = std::chrono::seconds(1);
  Origin origin([](Peer& client) { client.read_to_end(); });
  serve(origin.port());
  start();
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  EXPECT_FALSE(client.start_tls(client_tls()));
  const Exchange* ended = recorder_.nth(1);
  ASSERT_NE(ended, nullptr);
  EXPECT_TRUE(recorder_.nth(0)->still_waiting);
  EXPECT_EQ(ended->fault.type, FaultType::timeout);
  EXPECT_EQ(ended->fault.stage, Stage::tls);
}

struct Defect {
  const char* name;
  LeafWish wish;
  CertificateProblem problem;
};

class BadCertificateTest : public ProxyTest, public ::testing::WithParamInterface<Defect> {};

TEST_P(BadCertificateTest, TheClientSeesWhatItWouldSeeWithoutExotap) {
  Origin origin([](Peer& client) { client.read_to_end(); }, ca_.server(GetParam().wish));
  serve(origin.port());
  start();
  const std::string direct = words_of_direct_client(origin.port(), folder_ / "root.pem");
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  EXPECT_EQ(words_of(client, client_tls()), direct);
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  ASSERT_FALSE(exchange->tls.problems.empty());
  EXPECT_EQ(exchange->tls.problems.front(), GetParam().problem);
  EXPECT_EQ(exchange->fault.type, FaultType::tls);
  EXPECT_FALSE(exchange->tls.chain.empty());
}

TEST_P(BadCertificateTest, BlockExplainsItInside) {
  settings_.bad_certificate = wire::BadCertificate::block;
  Origin origin([](Peer& client) { client.read_to_end(); }, ca_.server(GetParam().wish));
  serve(origin.port());
  start();
  Peer client = open();
  client.send("GET / HTTP/1.1\r\nHost: mail.contoso.com\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 502")) << answer;
  EXPECT_NE(answer.find("certificate"), std::string::npos);
}

TEST_P(BadCertificateTest, AcceptedOnRequestItIsStillSaid) {
  settings_.accepted_bad_hosts = {"mail.contoso.com"};
  Origin origin(
      [](Peer& client) {
        client.read_until("\r\n\r\n");
        client.send("HTTP/1.1 204 None\r\n\r\n");
        client.read_to_end();
      },
      ca_.server(GetParam().wish));
  serve(origin.port());
  start();
  Peer client = open();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 204"));
  ASSERT_FALSE(recorder_.nth(0)->tls.problems.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Each, BadCertificateTest,
    ::testing::Values(
        Defect{"expired", {.begins_in = -9000, .ends_in = -3600}, CertificateProblem::expired},
        Defect{"not_yet_valid", {.begins_in = 3600}, CertificateProblem::not_yet_valid},
        Defect{"wrong_name", {.name = "www.fabrikam.com"}, CertificateProblem::wrong_name},
        Defect{"self_signed", {.self_signed = true}, CertificateProblem::self_signed},
        Defect{"stranger", {.by_stranger = true}, CertificateProblem::untrusted_issuer}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST_F(SessionTest, AnUnrelatedHostPassesUntouched) {
  Origin origin([](Peer& client) {
    EXPECT_EQ(client.read(3), "\x16\x03\x01");
    client.send("raw");
    client.read_to_end();
  });
  serve(origin.port(), "bank.example");
  start();
  Peer client = dial_proxy();
  EXPECT_TRUE(connect(client, "bank.example:443").starts_with("HTTP/1.1 200"));
  client.send("\x16\x03\x01");
  EXPECT_EQ(client.read(3), "raw");
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->handling, Handling::tunnelled);
  EXPECT_EQ(exchange->handling_reason, "not_mail_host");
  EXPECT_FALSE(exchange->mail_related);
}

TEST_F(SessionTest, AnAddressTakesItsNameFromTheClientHello) {
  Origin origin(
      [](Peer& client) {
        client.read_until("\r\n\r\n");
        client.send("HTTP/1.1 204 None\r\n\r\n");
        client.read_to_end();
      },
      ca_.server({}));
  serve(origin.port(), "127.0.0.1");
  start();
  Peer client = dial_proxy();
  connect(client, "127.0.0.1:443");
  ASSERT_TRUE(client.start_tls(client_tls("mail.contoso.com"))) << client.last_error();
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 204"));
  EXPECT_EQ(recorder_.nth(0)->host, "mail.contoso.com");
}

TEST_F(SessionTest, ASpeculativeConnectionIsRecordedAsThat) {
  Origin origin([](Peer& client) { client.read_to_end(); });
  serve(origin.port());
  start();
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  client.close();
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->speculative);
  EXPECT_FALSE(exchange->fault);
}

TEST_F(SessionTest, AClientThatDoesNotTrustTheAuthorityIsRecorded) {
  Origin origin([](Peer& client) { client.read_to_end(); }, ca_.server({}));
  serve(origin.port());
  start();
  Peer client = dial_proxy();
  connect(client, "mail.contoso.com:443");
  const SslCtxPtr empty(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_verify(empty.get(), SSL_VERIFY_PEER, nullptr);
  SslPtr ssl(SSL_new(empty.get()));
  SSL_set_tlsext_host_name(ssl.get(), "mail.contoso.com");
  SSL_set_connect_state(ssl.get());
  EXPECT_FALSE(client.start_tls(std::move(ssl)));
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->tls.client_alert, "unknown_ca");
  EXPECT_EQ(exchange->fault.type, FaultType::client);
  EXPECT_TRUE(exchange->tls.problems.empty());
}

TEST_F(SessionTest, ServesAbsoluteFormFromServerToServer) {
  std::string seen;
  Origin first([&](Peer& client) {
    seen = client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
    client.read_to_end();
  });
  Origin second([](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
    client.read_to_end();
  });
  serve(first.port(), "autodiscover.contoso.com", 80);
  serve(second.port(), "www.fabrikam.com", 80);
  start();
  Peer client = dial_proxy();
  client.send(
      "GET http://autodiscover.contoso.com/a?b HTTP/1.1\r\nHost: autodiscover.contoso.com\r\n"
      "Proxy-Connection: keep-alive\r\nX: y\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n1").ends_with("1"));
  EXPECT_EQ(seen, "GET /a?b HTTP/1.1\r\nHost: autodiscover.contoso.com\r\nX: y\r\n\r\n");
  client.send("GET http://www.fabrikam.com/ HTTP/1.1\r\nHost: www.fabrikam.com\r\n\r\n");
  EXPECT_TRUE(client.read_until("\r\n\r\n2").ends_with("2"));
  ASSERT_NE(recorder_.nth(1), nullptr);
  EXPECT_EQ(recorder_.nth(0)->host, "autodiscover.contoso.com");
  EXPECT_EQ(recorder_.nth(0)->handling, Handling::clear);
  EXPECT_TRUE(recorder_.nth(0)->mail_related);
  EXPECT_EQ(recorder_.nth(1)->host, "www.fabrikam.com");
  EXPECT_FALSE(recorder_.nth(1)->mail_related);
}

TEST_F(SessionTest, AnHttpsUrlInClearIsServedAndSaidSo) {
  Origin origin(
      [](Peer& client) {
        client.read_until("\r\n\r\n");
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        client.read_to_end();
      },
      ca_.server({}));
  serve(origin.port());
  start();
  Peer client = dial_proxy();
  client.send("GET https://mail.contoso.com/x HTTP/1.1\r\nHost: mail.contoso.com\r\n\r\n");
  EXPECT_TRUE(client.read_until("ok").starts_with("HTTP/1.1 200"));
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->clear_to_proxy);
  EXPECT_EQ(exchange->scheme, "https");
  EXPECT_EQ(exchange->tls.version, "1.3");
}

TEST_F(SessionTest, GarbageGetsAnAnswer) {
  start();
  Peer client = dial_proxy();
  client.send("\x16\x03\x01\x02\x00garbage\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 400"));
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->handling, Handling::refused);
}

TEST_F(SessionTest, ARequestForTheProxyItselfIsExplained) {
  start();
  Peer client = dial_proxy();
  client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 400"));
}

TEST_F(SessionTest, NeverConnectsToItself) {
  start();
  Peer client = dial_proxy();
  const std::string self = "localhost:" + std::to_string(proxy_->listening().port);
  EXPECT_TRUE(connect(client, self).starts_with("HTTP/1.1 403"));
}

TEST_F(SessionTest, AnOversizedHeadIsRefused) {
  start();
  Peer client = dial_proxy();
  client.send("GET http://a.example/ HTTP/1.1\r\nX: " + std::string(300 * 1024, 'x') + "\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 431"));
}

}  // namespace
}  // namespace exotap::test
