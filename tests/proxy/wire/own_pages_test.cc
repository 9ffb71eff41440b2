// Pages for this computer alone: who may ask, and what the answer says to browsers.
#include "proxy/wire/own_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proxy/http/framer.h"

namespace exotap::wire {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

bool allowed(const std::string& host_line, std::string_view listen_address = "127.0.0.1") {
  http::Framer framer(http::Direction::requests);
  (void)framer.read("GET / HTTP/1.1\r\n" + host_line + "\r\n");
  return host_is_this_computer(framer.message().head, listen_address);
}

OwnPages some_pages() {
  OwnPages pages;
  pages.add("/proxy.pac", {"application/x-ns-proxy-autoconfig", "function"});
  return pages;
}

TEST(OwnPages, AreForRequestsThatNameThisComputer) {
  for (const char* host : {"127.0.0.1", "127.0.0.1:8888", "127.1.2.3", "localhost:1", "LocalHost",
                           "[::1]:8888", "exotap.internal", "Exotap.Internal.:80"}) {
    EXPECT_TRUE(allowed(std::string("Host: ") + host + "\r\n")) << host;
  }
}

TEST(OwnPages, AreNotForNamesThatMerelyResolveHere) {
  for (const char* host :
       {"evil.example", "evil.example:8888", "127.0.0.1.evil.example", "localhost.evil.example",
        "xexotap.internal", "exotap.internal.evil.example", "10.0.0.1", "0.0.0.0", "[::]",
        "2130706433", "127.1", "", "a b", "user@127.0.0.1"}) {
    EXPECT_FALSE(allowed(std::string("Host: ") + host + "\r\n")) << host;
  }
  EXPECT_FALSE(allowed("")) << "no Host at all";
}

TEST(OwnPages, AreForTheAddressListenedOn) {
  EXPECT_TRUE(allowed("Host: 192.0.2.7:8888\r\n", "192.0.2.7"));
  EXPECT_FALSE(allowed("Host: 192.0.2.7:8888\r\n", "127.0.0.1"));
}

TEST(OwnPages, AreFoundByPathWithoutQuery) {
  const OwnPages pages = some_pages();
  EXPECT_NE(pages.find("/proxy.pac"), nullptr);
  EXPECT_NE(pages.find("/proxy.pac?again"), nullptr);
  EXPECT_EQ(pages.find("/proxy.pac/"), nullptr);
  EXPECT_EQ(pages.find("/../proxy.pac"), nullptr);
  EXPECT_EQ(pages.find(""), nullptr);
}

TEST(OwnPages, AnswerOfAPage) {
  const std::string answer = own_page_answer(some_pages(), "GET", "/proxy.pac", true);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: application/x-ns-proxy-autoconfig\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: 8\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nCache-Control: no-store\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nX-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nCross-Origin-Resource-Policy: same-origin\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nConnection: keep-alive\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("Access-Control")));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nfunction"));
}

TEST(OwnPages, AnswerToHeadIsTheSameWithoutTheBody) {
  const std::string get = own_page_answer(some_pages(), "GET", "/proxy.pac", false);
  EXPECT_EQ(own_page_answer(some_pages(), "HEAD", "/proxy.pac", false) + "function", get);
  EXPECT_THAT(get, HasSubstr("\r\nConnection: close\r\n"));
}

TEST(OwnPages, OtherPathsAndMethodsAreRefused) {
  EXPECT_THAT(own_page_answer(some_pages(), "GET", "/issuing.key", false),
              StartsWith("HTTP/1.1 404 "));
  const std::string posted = own_page_answer(some_pages(), "POST", "/proxy.pac", false);
  EXPECT_THAT(posted, StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(posted, HasSubstr("\r\nAllow: GET, HEAD\r\n"));
  EXPECT_THAT(posted, Not(HasSubstr("function")));
}

}  // namespace
}  // namespace exotap::wire
