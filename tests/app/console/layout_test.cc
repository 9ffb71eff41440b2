#include "app/console/layout.h"

#include <gtest/gtest.h>

#include "app/console/display_text.h"

namespace exotap {
namespace {

std::string elided(std::string_view text, std::size_t columns, std::size_t keep = 0) {
  std::string out;
  append_elided(out, text, columns, "..", keep);
  return out;
}

using Lines = std::vector<std::string>;

TEST(Layout, LongTextsLoseTheirMiddle) {
  EXPECT_EQ(elided("short", 5), "short");
  EXPECT_EQ(elided("POST host/a/long/path/file.xml", 20), "POST host/..file.xml");
  EXPECT_EQ(elided("abcdef", 3), "..f");
  EXPECT_EQ(elided("abcdef", 2), "ab");
  EXPECT_EQ(elided("abcdef", 0), "");
}

TEST(Layout, WhatIsToStayStaysIfOthersCanToo) {
  EXPECT_EQ(elided("POST a.long.host/path/of/a/file.xml", 24, 17), "POST a.long.host/..e.xml");
  EXPECT_EQ(elided("POST a.long.host/path/of/a/file.xml", 20, 17), "POST a.lon..file.xml");
}

TEST(Layout, NoTextIsEverWiderThanItsPlace) {
  const std::string wide =
      "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9Eu\xCC\x88"
      "abc\xF0\x9F\x98\x80xyz";
  for (std::size_t columns = 0; columns < 20; ++columns) {
    const std::string text = elided(wide, columns);
    EXPECT_LE(display_width(text), columns);
    EXPECT_EQ(printable(text), text);  // no character was cut
  }
}

TEST(Layout, ColumnsAreFilledUp) {
  std::string out;
  append_column(out, "ab", 4, "..");
  append_right(out, "9 ms", 6);
  EXPECT_EQ(out, "ab    9 ms");
}

TEST(Layout, WrapsAtBlanks) {
  EXPECT_EQ(wrapped("one two three four five six", 20), (Lines{"one two three four", "five six"}));
  EXPECT_EQ(wrapped("  much   space  ", 20), (Lines{"much space"}));
  EXPECT_EQ(wrapped("first\n\nsecond", 20), (Lines{"first", "second"}));
  EXPECT_EQ(wrapped("", 20), Lines{});
}

TEST(Layout, LongWordsAreBroken) {
  EXPECT_EQ(wrapped("x " + std::string(45, 'y'), 20),
            (Lines{"x", std::string(20, 'y'), std::string(20, 'y'), "yyyyy"}));
}

TEST(Layout, ItemsOfListsHang) {
  EXPECT_EQ(wrapped("1. try another network now\n- or do not try", 20),
            (Lines{"1. try another", "   network now", "- or do not try"}));
}

TEST(Layout, NarrowWindowsGetNarrowText) {
  for (const std::string& line : wrapped("1. " + std::string(50, 'x') + " \xE6\x97\xA5", 0)) {
    EXPECT_LE(display_width(line), kNarrowestText);
  }
}

TEST(Layout, WrappedTextIsPrintable) {
  EXPECT_EQ(wrapped("a\x1b[31m", 20), (Lines{"a\xEF\xBF\xBD[31m"}));
}

}  // namespace
}  // namespace exotap
