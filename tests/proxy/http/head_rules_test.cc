#include "proxy/http/head_rules.h"

#include <gtest/gtest.h>

#include <string>

// What is refused is in framer_smuggling_test.cc; here, what is read.
namespace exotap::http {
namespace {

Head start_line(Direction direction, const std::string& line) {
  Head head;
  head.text = line;
  const Refusal refusal = read_start_line(direction, head.text, head);
  EXPECT_FALSE(refusal) << refusal.reason;
  return head;
}

TEST(HeadRules, ReadsARequestLine) {
  const Head head = start_line(Direction::requests, "RPC_OUT_DATA /rpc?a:1 HTTP/1.0\r\n");
  EXPECT_EQ(head.method(), "RPC_OUT_DATA");
  EXPECT_EQ(head.target(), "/rpc?a:1");
  EXPECT_EQ(head.version_major, 1);
  EXPECT_EQ(head.version_minor, 0);
  EXPECT_EQ(head.status, 0);
}

TEST(HeadRules, ReadsAStatusLine) {
  const Head head = start_line(Direction::answers, "HTTP/1.1 456 Blocked or expired\r\n");
  EXPECT_EQ(head.status, 456);
  EXPECT_EQ(head.reason(), "Blocked or expired");
  EXPECT_EQ(head.version_minor, 1);
  EXPECT_EQ(start_line(Direction::answers, "HTTP/1.1 200 \r\n").reason(), "");
  EXPECT_EQ(start_line(Direction::answers, "HTTP/1.1 200\r\n").reason(), "");
}

TEST(HeadRules, ReadsAFieldLine) {
  const std::string line = "X-FEServer: \t AM0PR01CA0001 \r\n";
  FieldPosition position;
  ASSERT_FALSE(read_field_line(line, position));
  EXPECT_EQ(line.substr(position.name_at, position.name_size), "X-FEServer");
  EXPECT_EQ(line.substr(position.value_at, position.value_size), "AM0PR01CA0001");
}

TEST(HeadRules, ReadsAnEmptyValue) {
  for (const std::string line : {"X:\r\n", "X: \r\n", "X:\t \r\n"}) {
    FieldPosition position;
    ASSERT_FALSE(read_field_line(line, position));
    EXPECT_EQ(position.value_size, 0u);
    EXPECT_LE(position.value_at, line.size());
  }
}

TEST(HeadRules, RefusesAFieldLineThatIsNone) {
  for (const std::string line : {"\r\n", "\n", "X: a\x01\r\n", "X: a\rb\r\n", " X: a\r\n"}) {
    FieldPosition position;
    EXPECT_EQ(read_field_line(line, position).error, FramingError::malformed_field) << line;
  }
}

// The quick way takes exactly the lines the strict one finds nothing wrong with, and reads them
// alike: every byte at every place of a few lines, with more lines behind them.
TEST(HeadRules, ReadsPlainLinesAsTheStrictWayDoes) {
  const std::string more = "Next: line\r\n\r\n";
  for (const std::string line : {"Content-Length: 12\r\n", "A:\r\n", "X-Long-Name:\t a b  \r\n"}) {
    for (std::size_t at = 0; at < line.size(); ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text = line + more;
        text[at] = static_cast<char>(byte);
        FieldPosition plain, strict;
        const std::size_t size = read_plain_field_line(text, plain);
        const std::string_view first = std::string_view(text).substr(0, text.find('\n') + 1);
        const bool wrong = static_cast<bool>(read_field_line(first, strict)) || first == "\r\n";
        ASSERT_EQ(size, wrong ? 0 : first.size()) << byte << " at " << at << " of " << line;
        if (wrong) continue;
        ASSERT_EQ(plain.name_size, strict.name_size);
        ASSERT_EQ(plain.value_at, strict.value_at);
        ASSERT_EQ(plain.value_size, strict.value_size);
      }
    }
  }
  FieldPosition ignored;
  for (const std::string unfinished : {"", "X", "X:", "X: a", "X: a\r"}) {
    EXPECT_EQ(read_plain_field_line(unfinished, ignored), 0U) << unfinished;
  }
}

TEST(HeadRules, KnowsForeignProtocolsByTheirFirstBytes) {
  EXPECT_EQ(check_first_bytes(Direction::requests, "\x16").error, FramingError::not_http);
  EXPECT_FALSE(check_first_bytes(Direction::requests, "R"));
  EXPECT_FALSE(check_first_bytes(Direction::requests, ""));
  EXPECT_FALSE(check_first_bytes(Direction::requests, "\r"));
  EXPECT_FALSE(check_first_bytes(Direction::answers, "HTT"));
  EXPECT_FALSE(check_first_bytes(Direction::answers, "HTTP/1.1 200"));
  EXPECT_EQ(check_first_bytes(Direction::answers, "HTX").error, FramingError::not_http);
  EXPECT_EQ(check_first_bytes(Direction::answers, "220 smtp").error, FramingError::not_http);
}

TEST(HeadRules, AnEmptyLineIsCrLfAlone) {
  EXPECT_TRUE(is_empty_line("\r\n"));
  EXPECT_FALSE(is_empty_line("\n"));
  EXPECT_FALSE(is_empty_line(" \r\n"));
}

}  // namespace
}  // namespace exotap::http
