#include "app/console/display_text.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(DisplayText, NothingSteersTheTerminal) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(printable("\x1b[2J\x1b]0;title\x07"), bad + "[2J" + bad + "]0;title" + bad);
  EXPECT_EQ(printable("a\rb\nc\td"), "a b c d");
  EXPECT_EQ(printable("\xC2\x9B"
                      "1m"),
            bad + "1m");  // CSI of C1
  EXPECT_EQ(printable("a\xE2\x80\xAE"
                      "b"),
            "a" + bad + "b");  // right-to-left override
  EXPECT_EQ(printable("\x7f\xff\xC0\x80"), bad + bad + bad + bad);
  EXPECT_EQ(printable(std::string_view("\0", 1)), bad);
}

TEST(DisplayText, PrintableTextStays) {
  for (const char* text : {"", "POST outlook.office365.com", "J\xC3\xBCrgen",
                           "\xE6\x97\xA5\xE6\x9C\xAC", "\xF0\x9F\x98\x80"}) {
    EXPECT_EQ(printable(text), text);
  }
}

TEST(DisplayText, WidthsOfCharacters) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("J\xC3\xBCrgen"), 6U);
  EXPECT_EQ(display_width("u\xCC\x88"), 1U);                 // u and a combining diaeresis
  EXPECT_EQ(display_width("\xE6\x97\xA5\xE6\x9C\xAC"), 4U);  // two ideographs
  EXPECT_EQ(display_width("\xF0\x9F\x98\x80"), 2U);          // an emoji
  EXPECT_EQ(display_width("\xE2\x80\xA6\xEF\xBF\xBD"), 2U);  // an ellipsis, a replacement
}

TEST(DisplayText, CutsBetweenCharacters) {
  EXPECT_EQ(bytes_within("abc", 2), 2U);
  EXPECT_EQ(bytes_within("\xE6\x97\xA5\xE6\x9C\xAC", 3), 3U);
  EXPECT_EQ(bytes_within("u\xCC\x88x", 1), 3U);
  EXPECT_EQ(bytes_within("abc", 9), 3U);
  EXPECT_EQ(bytes_within("abc", 0), 0U);
}

}  // namespace
}  // namespace exotap
