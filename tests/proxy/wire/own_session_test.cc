// exotap asked for its own pages, directly and through itself.
#include <gmock/gmock.h>

#include <atomic>

#include "tests/proxy/wire/opened_fixture.h"

namespace exotap::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class OwnSessionTest : public OpenedTest {
 protected:
  void start_with_pages() {
    start();
    wire::OwnPages pages;
    pages.add("/", {"text/html; charset=utf-8", "start"});
    pages.add("/proxy.pac", {"application/x-ns-proxy-autoconfig", "function"});
    proxy_->serve_pages(pages);
  }
  std::string answer_to(const std::string& request) {
    Peer client = dial_proxy();
    client.send(request);
    client.shutdown_send();
    return client.read_to_end();
  }
};

TEST_F(OwnSessionTest, PagesAreServedDirectly) {
  start_with_pages();
  EXPECT_THAT(answer_to("GET /proxy.pac HTTP/1.1\r\nHost: 127.0.0.1:8888\r\n\r\n"),
              EndsWith("\r\n\r\nfunction"));
  const Exchange* record = recorder_.nth(0);
  ASSERT_NE(record, nullptr);
  EXPECT_EQ(record->handling, Handling::refused);
  EXPECT_EQ(record->handling_reason, "own_page");
  EXPECT_EQ(record->host, "exotap.internal");
  EXPECT_EQ(record->answer.head.status, 200);
  EXPECT_FALSE(record->fault);
  EXPECT_FALSE(record->mail_related);
}

TEST_F(OwnSessionTest, PagesAreServedThroughTheProxyUnderItsName) {
  start_with_pages();
  EXPECT_THAT(answer_to("GET http://exotap.internal HTTP/1.1\r\nHost: exotap.internal\r\n\r\n"),
              EndsWith("\r\n\r\nstart"));
  EXPECT_THAT(answer_to("GET http://Exotap.internal:8888/proxy.pac?1 HTTP/1.1\r\n"
                        "Host: exotap.internal\r\n\r\n"),
              EndsWith("\r\n\r\nfunction"));
}

TEST_F(OwnSessionTest, TheListenersOwnAddressMayBeAskedThroughTheProxy) {
  start_with_pages();
  const std::string port = std::to_string(proxy_->listening().port);
  EXPECT_THAT(answer_to("GET http://127.0.0.1:" + port +
                        "/proxy.pac HTTP/1.1\r\n"
                        "Host: 127.0.0.1:" +
                        port + "\r\n\r\n"),
              EndsWith("\r\n\r\nfunction"));
  EXPECT_EQ(recorder_.nth(0)->handling_reason, "own_page");
}

TEST_F(OwnSessionTest, AConnectionServesPageAfterPage) {
  start_with_pages();
  Peer client = dial_proxy();
  const std::string get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  client.send(get + get + "GET /no HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string all = client.read_to_end();
  EXPECT_THAT(all, HasSubstr("startHTTP/1.1 200 OK"));
  EXPECT_THAT(all, HasSubstr("startHTTP/1.1 404 "));
  EXPECT_THAT(recorder_.nth(2)->handling_reason, "own_page");
}

TEST_F(OwnSessionTest, PagesAndServersShareAConnection) {
  Origin origin([](Peer& client) { echo_paths(client); });
  serve(origin.port(), "a.example", 80);
  start_with_pages();
  Peer client = dial_proxy();
  client.send(
      "GET http://a.example/1 HTTP/1.1\r\nHost: a.example\r\n\r\n"
      "GET http://exotap.internal/ HTTP/1.1\r\nHost: exotap.internal\r\n\r\n"
      "GET http://a.example/2 HTTP/1.1\r\nHost: a.example\r\n\r\n");
  EXPECT_EQ(client.read(ok("/1").size()), ok("/1"));
  EXPECT_THAT(client.read_until("\r\n\r\n"), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_EQ(client.read(5), "start");
  EXPECT_EQ(client.read(ok("/2").size()), ok("/2"));
  client.close();
  EXPECT_EQ(recorder_.nth(2)->host, "a.example");
  EXPECT_EQ(recorder_.nth(2)->handling, Handling::clear);
}

TEST_F(OwnSessionTest, ABodyEndsTheConnectionAndIsNoRequest) {
  start_with_pages();
  const std::string answer = answer_to(
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 37\r\n\r\n"
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 "));
  EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << answer;
}

TEST_F(OwnSessionTest, AStrangersNameGetsNoPage) {
  start_with_pages();
  const std::string answer = answer_to("GET /proxy.pac HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 "));
  EXPECT_EQ(answer.find("function"), std::string::npos);
  EXPECT_EQ(recorder_.nth(0)->handling_reason, "not_a_proxy_request");
}

TEST_F(OwnSessionTest, ATargetThatIsNoPathGetsNoPage) {
  start_with_pages();
  EXPECT_THAT(answer_to("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"),
              StartsWith("HTTP/1.1 400 "));
}

TEST_F(OwnSessionTest, TlsWithExotapItselfIsRefusedClearly) {
  start_with_pages();
  for (const char* request : {"CONNECT exotap.internal:443 HTTP/1.1\r\nHost: e\r\n\r\n",
                              "GET https://exotap.internal/ HTTP/1.1\r\nHost: e\r\n\r\n"}) {
    const std::string answer = answer_to(request);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 403 ")) << request;
    EXPECT_THAT(answer, HasSubstr("http://exotap.internal/"));
  }
  EXPECT_TRUE(recorder_.nth(0)->is_connect);
  EXPECT_FALSE(recorder_.nth(0)->mail_related);
  EXPECT_FALSE(recorder_.nth(1)->is_connect);
}

TEST_F(OwnSessionTest, PagesAreReplacedWhileItRuns) {
  start_with_pages();
  wire::OwnPages pages;
  pages.add("/", {"text/plain", "newer"});
  proxy_->serve_pages(pages);
  EXPECT_THAT(answer_to("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), EndsWith("newer"));
}

}  // namespace
}  // namespace exotap::test
