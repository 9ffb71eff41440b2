// Requests in clear through scripted proxies, and exotap's own sign-in to these.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/proxy/wire/upstream_fixture.h"

namespace exotap::test {
namespace {

using namespace std::string_literals;

using UpstreamClearTest = UpstreamFixture;

TEST_F(UpstreamClearTest, RequestsInClearStayInAbsoluteForm) {
  std::vector<std::string> heads;
  go_through(upstream([&](Peer& client) {
    for (;;) {
      const std::string head = client.read_until("\r\n\r\n");
      if (!head.ends_with("\r\n\r\n")) return;
      heads.push_back(head);
      const bool known = head.find("Basic am9objpwdw==") != std::string::npos;
      client.send(known ? ok("x") : refusal(407, "Proxy-Authenticate: Basic realm=x\r\n", ""));
    }
  }));
  settings_.upstream.credentials = {"john", "pw", false};
  start();
  Peer client = dial_proxy();
  for (const char* path : {"/1", "/2"}) {
    client.send("GET http://a.example"s + path + " HTTP/1.1\r\nHost: a.example\r\nX: y\r\n\r\n");
    EXPECT_EQ(client.read(ok("x").size()), ok("x"));
  }
  ASSERT_EQ(heads.size(), 3U);
  EXPECT_EQ(heads[0],
            "HEAD http://a.example/1 HTTP/1.1\r\nHost: a.example\r\n"
            "Cache-Control: only-if-cached\r\n\r\n");
  EXPECT_EQ(heads[2],
            "GET http://a.example/2 HTTP/1.1\r\nHost: a.example\r\nX: y\r\n"
            "Proxy-Authorization: Basic am9objpwdw==\r\n\r\n");
  EXPECT_EQ(record(1).upstream_type, "fixed");
  EXPECT_EQ(record(1).upstream_sign_in, "sent");
  EXPECT_EQ(record(1).request.head.text.find("Proxy-Authorization"), std::string::npos)
      << "the record is what the client sent";
}

TEST_F(UpstreamClearTest, AProxyThatAsksForNoSignInIsToldNone) {
  std::vector<std::string> heads;
  std::atomic<int> connections = 0;
  go_through(upstream([&](Peer& client) {
    ++connections;
    for (;;) {
      const std::string head = client.read_until("\r\n\r\n");
      if (!head.ends_with("\r\n\r\n")) return;
      heads.push_back(head);
      client.send(head.starts_with("HEAD ") ? "HTTP/1.1 504 Not cached\r\nContent-Length: 9\r\n\r\n"
                                            : ok("x"));
    }
  }));
  settings_.upstream.credentials = {"john", "pw", false};
  start();
  Peer client = dial_proxy();
  client.send("GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n");
  EXPECT_EQ(client.read(ok("x").size()), ok("x"));
  ASSERT_EQ(heads.size(), 2U);
  EXPECT_EQ(heads[1], "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n");
  EXPECT_EQ(connections, 1);
  EXPECT_EQ(record().upstream_sign_in, "");
}

TEST_F(UpstreamClearTest, ARefusedSignInOfOursReachesTheClientInClearToo) {
  std::atomic<int> asked = 0;
  const std::string no = refusal(407, "Proxy-Authenticate: Basic realm=x\r\n", "");
  go_through(upstream([&](Peer& client) {
    while (client.read_until("\r\n\r\n").ends_with("\r\n\r\n")) {
      ++asked;
      client.send(no);
    }
  }));
  settings_.upstream.credentials = {"john", "wrong", false};
  start();
  Peer client = dial_proxy();
  client.send("GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n");
  EXPECT_EQ(client.read(no.size()), no);
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(record().upstream_sign_in, "sent");
}

TEST_F(UpstreamClearTest, AProxyThatClosesAfterItsQuestionIsDialledAgain) {
  std::vector<std::string> heads;
  go_through(upstream([&](Peer& client) {
    const std::string head = client.read_until("\r\n\r\n");
    heads.push_back(head);
    if (head.starts_with("HEAD ")) {
      client.send(
          "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\n"
          "Connection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    client.send(ok("x"));
    client.read_to_end();
  }));
  settings_.upstream.credentials = {"john", "pw", false};
  start();
  Peer client = dial_proxy();
  client.send("POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(client.read(ok("x").size()), ok("x"));
  ASSERT_EQ(heads.size(), 2U);
  EXPECT_NE(heads[1].find("Basic am9objpwdw=="), std::string::npos);
}

TEST_F(UpstreamClearTest, AnHttpsUrlInClearGoesThroughATunnel) {
  origin_ = std::make_unique<Origin>([](Peer& client) { echo_paths(client); }, ca_.server({}));
  go_through(upstream([this](Peer& client) { splice(client, origin_->port()); }));
  start();
  Peer client = dial_proxy();
  client.send("GET https://mail.contoso.com/1 HTTP/1.1\r\nHost: mail.contoso.com\r\n\r\n");
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
}

}  // namespace
}  // namespace exotap::test
