#include "capture/json_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace exotap {
namespace {

std::string json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonText, PlainTextIsQuoted) {
  EXPECT_EQ(json(""), R"("")");
  EXPECT_EQ(json("outlook.office365.com"), R"("outlook.office365.com")");
  EXPECT_EQ(json("J\xC3\xBCrgen \xE2\x82\xAC \xF0\x9F\x98\x80"),
            "\"J\xC3\xBCrgen \xE2\x82\xAC \xF0\x9F\x98\x80\"");
}

TEST(JsonText, QuotesBackslashesAndControlsAreEscaped) {
  EXPECT_EQ(json("a\"b\\c\n\r\t"), R"("a\"b\\c\n\r\t")");
  EXPECT_EQ(json(std::string_view("\0\x1b[31m\x7f", 7)), R"("\u0000\u001b[31m\u007f")");
}

TEST(JsonText, WhatSteersTerminalsOrEndsLinesIsEscaped) {
  EXPECT_EQ(json("\xC2\x9B"), R"("\u009b")");  // CSI of C1
  EXPECT_EQ(json("\xE2\x80\xA8\xE2\x80\xAE"), R"("\u2028\u202e")");
  EXPECT_EQ(json("\xE2\x81\xA6\xC2\xA0"), "\"\\u2066\xC2\xA0\"");
}

TEST(JsonText, BrokenUtf8BecomesReplacementCharacters) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(json("a\xFF"
                 "b"),
            "\"a" + bad + "b\"");
  EXPECT_EQ(json("\xC0\x80"), "\"" + bad + bad + "\"");            // overlong
  EXPECT_EQ(json("\xED\xA0\x80"), "\"" + bad + bad + bad + "\"");  // a surrogate
  EXPECT_EQ(json("\xF4\x90\x80\x80"), "\"" + bad + bad + bad + bad + "\"");
  EXPECT_EQ(json("\xE2\x82"), "\"" + bad + bad + "\"");  // cut short
}

TEST(JsonText, Numbers) {
  std::string out;
  append_json_number(out, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(out, "-9223372036854775808");
}

}  // namespace
}  // namespace exotap
