#include "capture/message_text.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

Message request(std::string_view text) {
  auto parsed = parse_message_text(text, MessageKind::request);
  EXPECT_TRUE(std::holds_alternative<Message>(parsed)) << text;
  return std::holds_alternative<Message>(parsed) ? std::get<Message>(std::move(parsed)) : Message{};
}

Message answer(std::string_view text) {
  auto parsed = parse_message_text(text, MessageKind::answer);
  EXPECT_TRUE(std::holds_alternative<Message>(parsed)) << text;
  return std::holds_alternative<Message>(parsed) ? std::get<Message>(std::move(parsed)) : Message{};
}

std::string fault(std::string_view text, MessageKind kind) {
  const auto parsed = parse_message_text(text, kind);
  if (std::holds_alternative<Message>(parsed)) return "";
  const auto& error = std::get<MessageTextError>(parsed);
  return std::to_string(error.line) + ": " + error.what;
}

TEST(MessageText, ReadsARequestAndItsPositions) {
  const Message m = request(
      "POST /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: autodiscover.contoso.com\r\n"
      "Content-Type:  text/xml \r\n\r\n<Autodiscover/>");
  EXPECT_EQ(m.head.method(), "POST");
  EXPECT_EQ(m.head.target(), "/autodiscover/autodiscover.xml");
  EXPECT_EQ(m.head.status, 0);
  ASSERT_EQ(m.head.fields.size(), 2u);
  EXPECT_EQ(m.head.field(0).name, "Host");
  EXPECT_EQ(m.head.field(1).value, "text/xml");
  EXPECT_EQ(m.body, "<Autodiscover/>");
  EXPECT_EQ(m.body_size, 15u);
  EXPECT_TRUE(m.complete);
}

TEST(MessageText, StoresLineFeedsAsCrlfAndLeavesTheBodyAlone) {
  const Message m = answer("HTTP/1.1 200 OK\nServer: Microsoft-IIS/10.0\n\nline\nline\n");
  EXPECT_EQ(m.head.text, "HTTP/1.1 200 OK\r\nServer: Microsoft-IIS/10.0\r\n\r\n");
  EXPECT_EQ(m.head.find("server"), "Microsoft-IIS/10.0");
  EXPECT_EQ(m.body, "line\nline\n");
}

TEST(MessageText, ReadsAStatusLineWithAndWithoutReason) {
  EXPECT_EQ(answer("HTTP/1.1 401 Unauthorized\n\n").head.reason(), "Unauthorized");
  EXPECT_EQ(answer("HTTP/1.1 401 \n\n").head.reason(), "");
  const Message bare = answer("HTTP/1.0 456\n\n");
  EXPECT_EQ(bare.head.status, 456);
  EXPECT_EQ(bare.head.reason(), "");
  EXPECT_EQ(bare.head.version_minor, 0);
}

TEST(MessageText, AHeadMayEndWithTheText) {
  const Message m = request("CONNECT sts.contoso.com:443 HTTP/1.1\nHost: sts.contoso.com:443");
  EXPECT_EQ(m.head.target(), "sts.contoso.com:443");
  EXPECT_EQ(m.head.find("host"), "sts.contoso.com:443");
  EXPECT_TRUE(m.head.text.ends_with("\r\n\r\n"));
  EXPECT_TRUE(m.body.empty());
}

TEST(MessageText, KeepsRepeatedAndEmptyFields) {
  const Message m = answer(
      "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Negotiate\nWWW-Authenticate: "
      "NTLM\nX-Empty:\n\n");
  EXPECT_EQ(m.head.find_all("www-authenticate").size(), 2u);
  EXPECT_EQ(m.head.find("X-Empty"), "");
}

TEST(MessageText, SaysWhatIsWrongAndOnWhichLine) {
  EXPECT_EQ(fault("", MessageKind::request), "1: there is no start line");
  EXPECT_EQ(fault("GET /\n\n", MessageKind::request),
            "1: a request line is METHOD TARGET HTTP/1.1");
  EXPECT_EQ(fault("GET / HTTP/x.1\n\n", MessageKind::request),
            "1: the version is not HTTP/digit.digit");
  EXPECT_EQ(fault("G=T / HTTP/1.1\n\n", MessageKind::request), "1: the method is no token");
  EXPECT_EQ(fault("GET a b HTTP/1.1\n\n", MessageKind::request),
            "1: the target is empty or holds a blank");
  EXPECT_EQ(fault("HTTP/1.1 OK\n\n", MessageKind::answer),
            "1: a status line is HTTP/1.1 CODE REASON");
  EXPECT_EQ(fault("HTTP/1.1 20x OK\n\n", MessageKind::answer), "1: the status is not three digits");
  EXPECT_EQ(fault("HTTP/1.1 099 No\n\n", MessageKind::answer), "1: the status is below 100");
  EXPECT_EQ(fault("GET / HTTP/1.1\nHost: a\nno colon\n\n", MessageKind::request),
            "3: a field line is NAME: VALUE");
  EXPECT_EQ(fault("GET / HTTP/1.1\nHo st: a\n\n", MessageKind::request),
            "2: the field name is no token");
  EXPECT_EQ(fault("GET / HTTP/1.1\nA: \x01\n\n", MessageKind::request),
            "2: the line holds a control character");
}

TEST(MessageText, IsBounded) {
  std::string many = "GET / HTTP/1.1\n";
  for (std::size_t i = 0; i <= kMaxHeadFields; ++i) many += "A: b\n";
  EXPECT_NE(fault(many, MessageKind::request).find("more fields"), std::string::npos);
  const std::string wide = "GET / HTTP/1.1\nA: " + std::string(kMaxHeadText, 'b') + "\n\n";
  EXPECT_EQ(fault(wide, MessageKind::request), "2: the head is longer than is read");
}

}  // namespace
}  // namespace exotap
