// Requests that name their server in the request line, and what the server is sent instead.
#include "proxy/wire/absolute_target.h"

#include <gtest/gtest.h>

#include "proxy/http/framer.h"

namespace exotap::wire {
namespace {

void expect_target(std::string_view text, bool https, std::string_view host, std::uint16_t port,
                   std::string_view authority, std::string_view origin_form) {
  const auto target = parse_absolute_target(text);
  ASSERT_TRUE(target) << text;
  EXPECT_EQ(target->https, https) << text;
  EXPECT_EQ(target->server.host, host) << text;
  EXPECT_EQ(target->server.port, port) << text;
  EXPECT_EQ(target->authority, authority) << text;
  EXPECT_EQ(target->origin_form, origin_form) << text;
}

TEST(AbsoluteTargetTest, IsTakenApart) {
  expect_target("http://autodiscover.contoso.com/autodiscover/autodiscover.xml", false,
                "autodiscover.contoso.com", 80, "autodiscover.contoso.com",
                "/autodiscover/autodiscover.xml");
  expect_target("HTTPS://Mail.Contoso.com:8443/a?b=c", true, "mail.contoso.com", 8443,
                "Mail.Contoso.com:8443", "/a?b=c");
  expect_target("http://[2001:DB8::1]:8080/", false, "2001:db8::1", 8080, "[2001:DB8::1]:8080",
                "/");
}

TEST(AbsoluteTargetTest, WithoutAPathAsksForTheRoot) {
  expect_target("http://contoso.com", false, "contoso.com", 80, "contoso.com", "/");
  expect_target("https://contoso.com?x=/y", true, "contoso.com", 443, "contoso.com", "/?x=/y");
}

TEST(AbsoluteTargetTest, FragmentsStayWithTheClient) {
  expect_target("http://a.example/p?q#frag", false, "a.example", 80, "a.example", "/p?q");
  expect_target("http://a.example#frag/x?y", false, "a.example", 80, "a.example", "/");
}

TEST(AbsoluteTargetTest, UserInformationIsNotPassedOn) {
  expect_target("http://user:secret@a.example/", false, "a.example", 80, "a.example", "/");
  // The last @ ends it: what stands before is never a host.
  expect_target("http://good.example@evil.example@a.example/", false, "a.example", 80, "a.example",
                "/");
  expect_target("http://a.example/x@b.example", false, "a.example", 80, "a.example",
                "/x@b.example");
}

TEST(AbsoluteTargetTest, OtherFormsAreNone) {
  for (const char* bad :
       {"", "/", "*", "/path", "contoso.com:443", "ftp://a.example/", "http:/a", "http://",
        "http:///x", "http://:80/", "http://a:b/", "http://a:0/", "http://a:80:90/", "http://a b/",
        "https://@/", "http://[::1/", "httpx://a/"}) {
    EXPECT_EQ(parse_absolute_target(bad), std::nullopt) << bad;
  }
}

Head head_of(std::string_view text) {
  http::Framer framer(http::Direction::requests);
  const http::Step step = framer.read(text);
  EXPECT_EQ(step.part, http::Part::head) << text;
  return framer.message().head;
}

std::string rewritten(std::string_view text) {
  const Head head = head_of(text);
  const auto target = parse_absolute_target(head.target());
  return target ? to_origin_form(head, *target) : "no target";
}

TEST(OriginForm, KeepsEverythingButTheProxyLegsFields) {
  EXPECT_EQ(
      rewritten("GET http://a.example/x?y HTTP/1.1\r\nhOST: a.example\r\nX-B:  1 \r\n"
                "Proxy-Connection: keep-alive\r\nx-a:2\r\nPROXY-AUTHORIZATION: Basic c2VjcmV0\r\n"
                "X-B: 3\r\nConnection: keep-alive\r\n\r\n"),
      "GET /x?y HTTP/1.1\r\nhOST: a.example\r\nX-B:  1 \r\nx-a:2\r\nX-B: 3\r\n"
      "Connection: keep-alive\r\n\r\n");
}

TEST(OriginForm, KeepsMethodAndVersion) {
  EXPECT_EQ(rewritten("RPC_IN_DATA http://a.example/rpc HTTP/1.0\r\nHost: a.example\r\n\r\n"),
            "RPC_IN_DATA /rpc HTTP/1.0\r\nHost: a.example\r\n\r\n");
}

TEST(OriginForm, TheTargetDecidesWhateverHostSays) {
  EXPECT_EQ(rewritten("GET http://a.example:8080/ HTTP/1.1\r\nHost: evil.example\r\nX: y\r\n\r\n"),
            "GET / HTTP/1.1\r\nHost: a.example:8080\r\nX: y\r\n\r\n");
  EXPECT_EQ(rewritten("GET http://A.example/ HTTP/1.1\r\nHost: a.EXAMPLE\r\n\r\n"),
            "GET / HTTP/1.1\r\nHost: a.EXAMPLE\r\n\r\n");
}

TEST(OriginForm, AMissingHostIsAdded) {
  EXPECT_EQ(rewritten("GET http://user@a.example/ HTTP/1.0\r\nX: y\r\n\r\n"),
            "GET / HTTP/1.0\r\nX: y\r\nHost: a.example\r\n\r\n");
}

TEST(OriginForm, AnEmptyFieldStaysALine) {
  EXPECT_EQ(rewritten("GET http://a.example/ HTTP/1.1\r\nX-Empty:\r\nHost: a.example\r\n\r\n"),
            "GET / HTTP/1.1\r\nX-Empty:\r\nHost: a.example\r\n\r\n");
}

}  // namespace
}  // namespace exotap::wire
