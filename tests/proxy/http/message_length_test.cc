#include "proxy/http/message_length.h"

#include <gtest/gtest.h>

#include <string>

#include "proxy/http/head_rules.h"

// What is refused is in framer_smuggling_test.cc; here, what a plain head means.
namespace exotap::http {
namespace {

HeadMeaning meaning(Direction direction, const std::string& text, AnswerContext context = {}) {
  Head head;
  head.text = text;
  std::size_t line_end = text.find('\n');
  EXPECT_FALSE(read_start_line(direction, text.substr(0, line_end + 1), head));
  for (std::size_t at = line_end + 1; at < text.size(); at = line_end + 1) {
    line_end = text.find('\n', at);
    FieldPosition position;
    EXPECT_FALSE(read_field_line(text.substr(at, line_end + 1 - at), position));
    position.name_at += static_cast<std::uint32_t>(at);
    position.value_at += static_cast<std::uint32_t>(at);
    head.fields.push_back(position);
  }
  HeadMeaning meant;
  const Refusal refusal = read_meaning(head, direction, context, meant);
  EXPECT_FALSE(refusal) << refusal.reason;
  return meant;
}

HeadMeaning request(const std::string& text) { return meaning(Direction::requests, text); }
HeadMeaning answer(const std::string& text, AnswerContext context = {}) {
  return meaning(Direction::answers, text, context);
}

TEST(MessageLength, ToldBesideItIsAnInvitationElsewhere) {
  EXPECT_TRUE(answer("HTTP/1.1 200 OK\r\nalt-SVC: h3=\":443\"\r\n").has_alternatives);
  EXPECT_TRUE(answer("HTTP/1.1 200 OK\r\nA: b\r\nAlt-Svc:\r\nC: d\r\n").has_alternatives);
  EXPECT_FALSE(answer("HTTP/1.1 200 OK\r\nUpgrade: h2\r\nX-Alt-Svc: h3\r\n").has_alternatives);
}

TEST(MessageLength, OfARequestIsInItsFields) {
  EXPECT_EQ(request("GET / HTTP/1.1\r\n").body, BodyKind::none);
  EXPECT_EQ(request("POST / HTTP/1.1\r\nContent-Length: 0\r\n").body, BodyKind::none);
  const HeadMeaning counted = request("RPC_IN_DATA / HTTP/1.1\r\nContent-Length: 1073741824\r\n");
  EXPECT_EQ(counted.body, BodyKind::counted);
  EXPECT_EQ(counted.length, 1073741824u);
  EXPECT_EQ(request("POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n").body,
            BodyKind::chunked);
}

TEST(MessageLength, OfAnAnswerIsInItsStatusFirst) {
  const std::string length = "Content-Length: 7\r\n";
  EXPECT_EQ(answer("HTTP/1.1 200 OK\r\n" + length).body, BodyKind::counted);
  EXPECT_EQ(answer("HTTP/1.1 200 OK\r\n").body, BodyKind::until_close);
  EXPECT_EQ(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n").body, BodyKind::chunked);
  EXPECT_EQ(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n").body, BodyKind::until_close);
  EXPECT_EQ(answer("HTTP/1.1 200 OK\r\n" + length, {.to_head = true}).body, BodyKind::none);
  for (const std::string status : {"100", "103", "204", "304"}) {
    EXPECT_EQ(answer("HTTP/1.1 " + status + "\r\n" + length).body, BodyKind::none) << status;
  }
}

TEST(MessageLength, EndsHttpAfterConnectAnd101) {
  EXPECT_TRUE(request("CONNECT a.example:443 HTTP/1.1\r\n").opaque_after);
  EXPECT_TRUE(answer("HTTP/1.1 101 Switching Protocols\r\n").opaque_after);
  EXPECT_TRUE(answer("HTTP/1.1 200 OK\r\n", {.to_connect = true}).opaque_after);
  EXPECT_FALSE(answer("HTTP/1.1 407 No\r\n", {.to_connect = true}).opaque_after);
  EXPECT_FALSE(answer("HTTP/1.1 200 OK\r\n").opaque_after);
}

TEST(MessageLength, TellsWhetherTheConnectionGoesOn) {
  EXPECT_TRUE(request("GET / HTTP/1.1\r\n").keep_alive);
  EXPECT_FALSE(request("GET / HTTP/1.1\r\nConnection: Close\r\n").keep_alive);
  EXPECT_FALSE(request("GET / HTTP/1.1\r\nConnection: te, close\r\n").keep_alive);
  EXPECT_FALSE(request("GET / HTTP/1.0\r\n").keep_alive);
  EXPECT_TRUE(request("GET / HTTP/1.0\r\nConnection: keep-alive\r\n").keep_alive);
  EXPECT_TRUE(request("GET / HTTP/1.0\r\nProxy-Connection: Keep-Alive\r\n").keep_alive);
  EXPECT_FALSE(answer("HTTP/1.1 200 OK\r\n").keep_alive);
  EXPECT_TRUE(answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n").keep_alive);
  EXPECT_TRUE(answer("HTTP/1.1 304 Not Modified\r\n").keep_alive);
}

TEST(MessageLength, KnowsAWishForAnotherProtocol) {
  EXPECT_TRUE(request("GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n").wants_upgrade);
  EXPECT_TRUE(request("CONNECT a:443 HTTP/1.1\r\n").wants_upgrade);
  EXPECT_FALSE(request("GET / HTTP/1.1\r\nUpgrade: h2c\r\n").wants_upgrade);
  EXPECT_FALSE(request("GET / HTTP/1.1\r\nConnection: upgrade\r\n").wants_upgrade);
}

TEST(MessageLength, KnowsABodyThatWaits) {
  const std::string wait = "Expect: 100-Continue\r\nContent-Length: 5\r\n";
  EXPECT_TRUE(request("POST / HTTP/1.1\r\n" + wait).expects_continue);
  EXPECT_FALSE(request("POST / HTTP/1.0\r\n" + wait).expects_continue);
  EXPECT_FALSE(request("POST / HTTP/1.1\r\nExpect: else\r\n").expects_continue);
}

TEST(MessageLength, KnowsTheFieldsATrailerMayNotHold) {
  EXPECT_TRUE(is_framing_field("content-length"));
  EXPECT_TRUE(is_framing_field("Transfer-Encoding"));
  EXPECT_TRUE(is_framing_field("host"));
  EXPECT_FALSE(is_framing_field("X-Checksum"));
}

}  // namespace
}  // namespace exotap::http
