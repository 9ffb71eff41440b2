#include "proxy/wire/upstream/proxy_head.h"

#include <gtest/gtest.h>

#include "proxy/http/framer.h"

namespace exotap::wire {
namespace {

Head head(const std::string& text) {
  http::Framer framer(http::Direction::requests);
  EXPECT_EQ(framer.read(text).part, http::Part::head);
  return framer.message().head;
}

constexpr const char* kConnect =
    "CONNECT Mail.contoso.com:443 HTTP/1.1\r\nHost: Mail.contoso.com:443\r\nuser-agent: X/1\r\n"
    "Proxy-Authorization: NTLM abc\r\nProxy-Connection: Keep-Alive\r\n\r\n";

TEST(ConnectHead, PassesAsItCame) {
  EXPECT_EQ(connect_head(head(kConnect), {"mail.contoso.com", 443}, {}), kConnect);
}

TEST(ConnectHead, NamesAnotherTargetInBothPlaces) {
  EXPECT_EQ(connect_head(head(kConnect), {"2001:db8::1", 8443}, {}),
            "CONNECT [2001:db8::1]:8443 HTTP/1.1\r\nHost: [2001:db8::1]:8443\r\nuser-agent: X/1\r\n"
            "Proxy-Authorization: NTLM abc\r\nProxy-Connection: Keep-Alive\r\n\r\n");
}

TEST(ConnectHead, OurSignInTakesTheClientsPlace) {
  EXPECT_EQ(connect_head(head(kConnect), {"mail.contoso.com", 443}, "Basic eA=="),
            "CONNECT Mail.contoso.com:443 HTTP/1.1\r\nHost: Mail.contoso.com:443\r\nuser-agent: X/1"
            "\r\nProxy-Connection: Keep-Alive\r\nProxy-Authorization: Basic eA==\r\n\r\n");
}

TEST(ConnectHead, OfAnHttpsUrlInClearTellsTheProxyNothingOfTheRequest) {
  EXPECT_EQ(connect_head(head("POST https://h/secret HTTP/1.1\r\nHost: h\r\nCookie: c\r\n"
                              "Authorization: Basic s\r\nContent-Length: 3\r\nUser-Agent: X\r\n"
                              "Proxy-Authorization: Basic p\r\n\r\n"),
                         {"h", 443}, {}),
            "CONNECT h:443 HTTP/1.1\r\nUser-Agent: X\r\nProxy-Authorization: Basic p\r\n"
            "Host: h:443\r\n\r\n");
}

TEST(ProxiedHead, StaysInAbsoluteForm) {
  const std::string text =
      "GET http://h/x HTTP/1.1\r\nHost: h\r\nProxy-Connection: keep-alive\r\n"
      "Proxy-Authorization: Basic old\r\nX: y\r\n\r\n";
  EXPECT_EQ(proxied_head(head(text), {}), text);
  EXPECT_EQ(proxied_head(head(text), "Basic new"),
            "GET http://h/x HTTP/1.1\r\nHost: h\r\nProxy-Connection: keep-alive\r\nX: y\r\n"
            "Proxy-Authorization: Basic new\r\n\r\n");
}

TEST(QuestionHead, WantsNothingOfTheServerAndTellsNothingOfTheRequest) {
  const Head client = head(
      "POST http://h/x?y HTTP/1.1\r\nHost: h\r\nUser-Agent: X\r\nCookie: c\r\n"
      "Content-Length: 3\r\nProxy-Authorization: Basic p\r\n\r\n");
  EXPECT_EQ(question_head(client, {}),
            "HEAD http://h/x?y HTTP/1.1\r\nHost: h\r\nUser-Agent: X\r\n"
            "Cache-Control: only-if-cached\r\n\r\n");
  EXPECT_EQ(question_head(client, "NTLM eA=="),
            "HEAD http://h/x?y HTTP/1.1\r\nHost: h\r\nUser-Agent: X\r\n"
            "Cache-Control: only-if-cached\r\nProxy-Authorization: NTLM eA==\r\n\r\n");
}

}  // namespace
}  // namespace exotap::wire
