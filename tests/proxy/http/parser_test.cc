#include "proxy/http/parser.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap::http {
namespace {

constexpr std::size_t kStartLine = sizeof("GET / HTTP/1.1\r\n") - 1;

// A head with one field, as the head rules would have read it.
Head one_field(const std::string& name, const std::string& value) {
  Head head;
  head.text = "GET / HTTP/1.1\r\n" + name + ": " + value + "\r\n\r\n";
  FieldPosition position;
  position.name_at = static_cast<std::uint32_t>(kStartLine);
  position.name_size = static_cast<std::uint32_t>(name.size());
  position.value_at = position.name_at + position.name_size + 2;
  position.value_size = static_cast<std::uint32_t>(value.size());
  head.fields.push_back(position);
  return head;
}

TEST(Parser, AgreesWithAPlainHead) {
  Parser parser(Direction::requests, {});
  EXPECT_FALSE(parser.begin(one_field("X-A", "b"), {}));
  const HeadMeaning counted{.body = BodyKind::counted, .length = 5};
  EXPECT_FALSE(parser.begin(one_field("Content-Length", "5"), counted));
  const HeadMeaning chunked{.body = BodyKind::chunked};
  EXPECT_FALSE(parser.begin(one_field("Transfer-Encoding", "gzip, chunked"), chunked));
}

TEST(Parser, RefusesAnotherReadingOfAFieldThatFrames) {
  Parser parser(Direction::requests, {});
  const HeadMeaning one{.body = BodyKind::counted, .length = 1};
  const auto error = [&](const Head& head) { return parser.begin(head, one).error; };
  const Head plain = one_field("Content-Length", "1");
  EXPECT_EQ(error(plain), FramingError::none);
  Head fewer = plain;
  fewer.fields.clear();
  EXPECT_EQ(error(fewer), FramingError::ambiguous_length);
  Head more = plain;
  more.fields.push_back(more.fields.front());
  EXPECT_EQ(error(more), FramingError::malformed_field);
  Head elsewhere = one_field("Content-Length", " 1");
  EXPECT_EQ(error(elsewhere), FramingError::malformed_field);
  // Two lines in the place of one.
  EXPECT_EQ(error(one_field("Content-Length", "1\r\nX-A: b")), FramingError::malformed_field);
  EXPECT_EQ(error(one_field("Content-Length", "1\r\nContent-Length: 1")),
            FramingError::malformed_field);
}

// What means nothing to llhttp it is not shown, whatever stands there: the head rules have looked.
TEST(Parser, IsShownNothingElse) {
  Parser parser(Direction::requests, {});
  EXPECT_FALSE(parser.begin(one_field("X-A", std::string("a\0\r\nb", 5)), {}));
  EXPECT_TRUE(parser.begin(one_field("Upgrade", std::string("a\0\r\nb", 5)), {}));
}

TEST(Parser, RefusesAnotherReadingOfTheLength) {
  Parser parser(Direction::requests, {});
  const Head five = one_field("Content-Length", "5");
  const Head chunked = one_field("Transfer-Encoding", "chunked");
  const auto error = [&](const Head& head, const HeadMeaning& meaning) {
    return parser.begin(head, meaning).error;
  };
  EXPECT_EQ(error(five, {}), FramingError::ambiguous_length);
  EXPECT_EQ(error(five, {.body = BodyKind::counted, .length = 6}), FramingError::ambiguous_length);
  EXPECT_EQ(error(five, {.body = BodyKind::chunked}), FramingError::ambiguous_length);
  EXPECT_EQ(error(chunked, {}), FramingError::ambiguous_length);
  EXPECT_EQ(error(chunked, {.body = BodyKind::until_close}), FramingError::ambiguous_length);
  EXPECT_EQ(error(chunked, {.body = BodyKind::counted, .length = 1}),
            FramingError::ambiguous_length);
}

TEST(Parser, CountsABody) {
  Parser parser(Direction::requests, {.recorded_body = 3});
  Message message;
  ASSERT_FALSE(
      parser.begin(one_field("Content-Length", "5"), {.body = BodyKind::counted, .length = 5}));
  Parser::Outcome outcome = parser.read_body("ab", message);
  EXPECT_EQ(outcome.event, Parser::Event::more);
  EXPECT_EQ(outcome.consumed, 2u);
  outcome = parser.read_body("cdeGET", message);
  EXPECT_EQ(outcome.event, Parser::Event::complete);
  EXPECT_EQ(outcome.consumed, 3u);
  EXPECT_EQ(message.body, "abc");
  EXPECT_EQ(message.body_size, 5u);
}

TEST(Parser, StopsBehindTheLastChunkLine) {
  Parser parser(Direction::answers, {});
  Message message;
  ASSERT_FALSE(
      parser.begin(one_field("Transfer-Encoding", "chunked"), {.body = BodyKind::chunked}));
  const Parser::Outcome outcome = parser.read_body("2\r\nab\r\n0;x\r\nX: y\r\n\r\n", message);
  EXPECT_EQ(outcome.event, Parser::Event::last_chunk);
  EXPECT_EQ(outcome.consumed, 12u);
  EXPECT_EQ(message.body, "ab");
}

TEST(Parser, RefusesMalformedChunks) {
  Parser parser(Direction::answers, {});
  Message message;
  ASSERT_FALSE(
      parser.begin(one_field("Transfer-Encoding", "chunked"), {.body = BodyKind::chunked}));
  const Parser::Outcome outcome = parser.read_body("2\nab", message);
  EXPECT_EQ(outcome.event, Parser::Event::refused);
  EXPECT_EQ(outcome.refusal.error, FramingError::chunk_malformed);
}

TEST(Parser, ReadsOneMessageAfterAnother) {
  Parser parser(Direction::requests, {});
  for (int i = 0; i < 3; ++i) {
    Message message;
    ASSERT_FALSE(
        parser.begin(one_field("Transfer-Encoding", "chunked"), {.body = BodyKind::chunked}));
    EXPECT_EQ(parser.read_body("0\r\n\r\n", message).event, Parser::Event::last_chunk);
    ASSERT_FALSE(
        parser.begin(one_field("Content-Length", "1"), {.body = BodyKind::counted, .length = 1}));
    EXPECT_EQ(parser.read_body("a", message).event, Parser::Event::complete);
  }
}

}  // namespace
}  // namespace exotap::http
