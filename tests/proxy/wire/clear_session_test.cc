// Requests in absolute-form: one server after another on one client connection, and never one
// server's bytes in another's answer.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/proxy/wire/opened_fixture.h"
#include "tests/proxy/wire/signal.h"
#include "tests/proxy/wire/unlike_bytes.h"

namespace exotap::test {
namespace {

using namespace std::string_literals;

class ClearSessionTest : public OpenedTest {
 protected:
  Origin& serve_clear(const std::string& host, Origin::Script script) {
    origins_.push_back(std::make_unique<Origin>(std::move(script)));
    serve(origins_.back()->port(), host, 80);
    return *origins_.back();
  }
  static std::string get_from(const std::string& url) {
    const std::string host = url.substr(7, url.find('/', 7) - 7);
    return "GET " + url + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  }
  std::vector<std::unique_ptr<Origin>> origins_;
};

TEST_F(ClearSessionTest, RequestsForOneServerShareItsConnection) {
  std::atomic<int> connections = 0;
  serve_clear("a.example", [&](Peer& client) {
    ++connections;
    echo_paths(client);
  });
  start();
  Peer client = dial_proxy();
  for (const char* path : {"/1", "/2", "/3"}) {
    client.send(get_from("http://a.example"s + path));
    EXPECT_EQ(client.read(ok(path).size()), ok(path));
  }
  EXPECT_EQ(connections, 1);
  EXPECT_EQ(recorder_.nth(2)->sequence, 2U);
}

TEST_F(ClearSessionTest, PipelinedRequestsForSeveralServersAreAnsweredInOrder) {
  serve_clear("a.example", [](Peer& client) { echo_paths(client); });
  serve_clear("b.example", [](Peer& client) { echo_paths(client); });
  start();
  Peer client = dial_proxy();
  client.send(get_from("http://a.example/1") + get_from("http://a.example/2") +
              get_from("http://b.example/3") + get_from("http://a.example/4"));
  const std::string expected = ok("/1") + ok("/2") + ok("/3") + ok("/4");
  EXPECT_EQ(client.read(expected.size()), expected);
  EXPECT_EQ(recorder_.nth(3)->host, "a.example");
  EXPECT_EQ(recorder_.nth(2)->host, "b.example");
}

TEST_F(ClearSessionTest, AnAnswerCutShortIsNotContinuedByTheNextServers) {
  serve_clear("a.example", [](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    client.close();
  });
  serve_clear("b.example", [](Peer& client) { echo_paths(client); });
  start();
  Peer client = dial_proxy();
  client.send(get_from("http://a.example/1") + get_from("http://b.example/2"));
  EXPECT_EQ(client.read_to_end(), "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
}

TEST_F(ClearSessionTest, AnAnswerThatNeverCameIsNotReplacedByTheNextServers) {
  serve_clear("a.example", [](Peer& client) {
    client.read_until("\r\n\r\n");
    client.close();
  });
  serve_clear("b.example", [](Peer& client) { echo_paths(client); });
  start();
  Peer client = dial_proxy();
  client.send(get_from("http://a.example/1") + get_from("http://b.example/2"));
  EXPECT_EQ(client.read_to_end(), "");
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->host, "a.example");
  EXPECT_EQ(exchange->fault.stage, Stage::answer);
}

TEST_F(ClearSessionTest, AnAnswerThatEndsWithItsConnectionEndsTheClientsToo) {
  serve_clear("a.example", [](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
    client.close();
  });
  serve_clear("b.example", [](Peer& client) { echo_paths(client); });
  start();
  Peer client = dial_proxy();
  client.send(get_from("http://a.example/1") + get_from("http://b.example/2"));
  EXPECT_EQ(client.read_to_end(), "HTTP/1.1 200 OK\r\n\r\nuntil the end");
}

TEST_F(ClearSessionTest, BodiesOfEightMebibytesPassBothWays) {
  const std::string up = unlike_bytes(8U << 20U, 1);
  const std::string down = unlike_bytes(8U << 20U, 2);
  std::string got;
  serve_clear("a.example", [&](Peer& client) {
    client.read_until("\r\n\r\n");
    got = client.read(up.size());
    client.send(ok(down));
    client.read_to_end();
  });
  start();
  Peer client = dial_proxy();
  client.send("POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: " +
              std::to_string(up.size()) + "\r\n\r\n");
  ASSERT_TRUE(client.send(up));
  client.read_until("\r\n\r\n");
  EXPECT_TRUE(client.read(down.size()) == down);
  EXPECT_TRUE(got == up);
}

TEST_F(ClearSessionTest, AnHttpsUrlInClearCarriesLargeBodiesToo) {
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
  client.send(
      "POST https://mail.contoso.com/ HTTP/1.1\r\nHost: mail.contoso.com\r\nContent-Length: " +
      std::to_string(up.size()) + "\r\n\r\n");
  ASSERT_TRUE(client.send(up));
  client.read_until("\r\n\r\n");
  EXPECT_TRUE(client.read(down.size()) == down);
  EXPECT_TRUE(got == up);
}

TEST_F(ClearSessionTest, ABodyMayFollowItsHeadLater) {
  serve_clear("a.example", [](Peer& client) {
    client.read_until("\r\n\r\n");
    client.send("HTTP/1.1 100 Continue\r\n\r\n");
    client.send(ok(client.read(4)));
    client.read_to_end();
  });
  start();
  Peer client = dial_proxy();
  client.send(
      "PUT http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\n"
      "Expect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  EXPECT_EQ(client.read(ok("body").size()), ok("body"));
}

TEST_F(ClearSessionTest, TheProxysOwnFieldsDoNotReachTheServer) {
  std::string seen;
  serve_clear("a.example", [&](Peer& client) {
    seen = client.read_until("\r\n\r\n");
    client.send(ok(""));
    client.read_to_end();
  });
  start();
  Peer client = dial_proxy();
  client.send(
      "GET http://a.example/x HTTP/1.1\r\nHost: other.example\r\n"
      "Proxy-Authorization: Basic c2VjcmV0\r\nX: y\r\n\r\n");
  client.read_until("\r\n\r\n");
  EXPECT_EQ(seen, "GET /x HTTP/1.1\r\nHost: a.example\r\nX: y\r\n\r\n");
}

TEST_F(ClearSessionTest, AServerThatCannotBeReachedIsExplained) {
  serve(closed_port(), "autodiscover.contoso.com", 80);
  start();
  Peer client = dial_proxy();
  client.send(get_from("http://autodiscover.contoso.com/autodiscover/autodiscover.xml"));
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 502")) << answer;
  EXPECT_NE(answer.find("autodiscover.contoso.com on port 80 refused"), std::string::npos);
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.code, "ECONNREFUSED");
  EXPECT_EQ(exchange->scheme, "http");
  EXPECT_FALSE(exchange->is_connect);
  EXPECT_EQ(exchange->request.head.method(), "GET");
  EXPECT_TRUE(exchange->mail_related);
}

TEST_F(ClearSessionTest, AutodiscoverPathsAreMailOnAnyHost) {
  serve_clear("www.fabrikam.com", [](Peer& client) { echo_paths(client); });
  start();
  Peer client = dial_proxy();
  client.send(get_from("http://www.fabrikam.com/AutoDiscover/autodiscover.xml"));
  client.read_until("\r\n\r\n");
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_TRUE(exchange->mail_related);
}

TEST_F(ClearSessionTest, ABadCertificateBehindAnHttpsUrlIsExplained) {
  serve_tls([](Peer& client) { client.read_to_end(); }, {.begins_in = -9000, .ends_in = -3600});
  Peer client = dial_proxy();
  client.send("GET https://mail.contoso.com/ HTTP/1.1\r\nHost: mail.contoso.com\r\n\r\n");
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 502")) << answer;
  EXPECT_NE(answer.find("it has expired"), std::string::npos);
  const Exchange* exchange = recorder_.nth(0);
  ASSERT_NE(exchange, nullptr);
  EXPECT_EQ(exchange->fault.code, "CERTIFICATE_EXPIRED");
  EXPECT_FALSE(exchange->tls.chain.empty());
  EXPECT_TRUE(exchange->clear_to_proxy);
}

TEST_F(ClearSessionTest, AConnectMayFollowARequestInClear) {
  serve_clear("a.example", [](Peer& client) { echo_paths(client); });
  serve_tls([](Peer& client) { echo_paths(client); });
  Peer client = dial_proxy();
  client.send(get_from("http://a.example/1"));
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
  EXPECT_TRUE(connect(client, "mail.contoso.com:443").starts_with("HTTP/1.1 200"));
  ASSERT_TRUE(client.start_tls(client_tls())) << client.last_error();
  client.send(get("/2"));
  EXPECT_EQ(client.read(ok("/2").size()), ok("/2"));
  EXPECT_EQ(recorder_.nth(1)->is_connect, true);
  EXPECT_EQ(recorder_.nth(2)->scheme, "https");
  EXPECT_EQ(recorder_.nth(2)->handling, Handling::opened);
}

TEST_F(ClearSessionTest, SmugglingIsRefusedHereToo) {
  Signal ended;
  std::string seen;
  serve_clear("a.example", [&](Peer& client) {
    seen = client.read_until("\r\n\r\n");
    client.send(ok("1"));
    seen += client.read_to_end();
    ended.raise();
  });
  start();
  Peer client = dial_proxy();
  client.send(get_from("http://a.example/1"));
  client.read(ok("1").size());
  client.send(
      "POST http://a.example/2 HTTP/1.1\r\nHost: a.example\r\nContent-Length: 4\r\n"
      "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET http://a.example/3 HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 400"));
  ASSERT_TRUE(ended.wait());
  EXPECT_EQ(seen, "GET /1 HTTP/1.1\r\nHost: a.example\r\n\r\n");
}

}  // namespace
}  // namespace exotap::test
