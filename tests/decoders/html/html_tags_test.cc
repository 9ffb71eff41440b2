#include "decoders/html/html_tags.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

std::string told(std::string_view page) {
  std::string out;
  HtmlTags tags(page);
  for (HtmlPiece piece = tags.next(); piece != HtmlPiece::end; piece = tags.next()) {
    if (piece == HtmlPiece::text) {
      out.append("'").append(tags.text()).append("'");
    } else {
      out.append(piece == HtmlPiece::start_tag ? "<" : "</").append(tags.name()).append(">");
    }
  }
  return out;
}

TEST(HtmlTags, ComeOneAfterTheOther) {
  EXPECT_EQ(told("<p class=a>one <B>two</B></p >three<br/>"),
            "<p>'one '<B>'two'</B></p>'three'<br>");
  EXPECT_EQ(told(""), "");
}

TEST(HtmlTags, AreNotEveryAngle) {
  EXPECT_EQ(told("3 < 4 <> <1> </ a> <"), "'3 < 4 <> <1> </ a> <'");
}

TEST(HtmlTags, PassOverWhatIsNoPage) {
  EXPECT_EQ(told("<!DOCTYPE html><!-- <p> --><?x?>a<script>if (a<b) '<p>'</script>b"),
            "'a'<script></script>'b'");
  EXPECT_EQ(told("<style>p > a {}</STYLE>x<!-- open <p>"), "<style></STYLE>'x'");
  EXPECT_EQ(told("<script>never closed <p>"), "<script>");
}

TEST(HtmlTags, HaveAttributes) {
  HtmlTags tags("<a One=1 two='2 > 1' three = \"3\" four five=/x/>");
  ASSERT_EQ(tags.next(), HtmlPiece::start_tag);
  EXPECT_EQ(tags.attribute("one"), "1");
  EXPECT_EQ(tags.attribute("two"), "2 > 1");
  EXPECT_EQ(tags.attribute("three"), "3");
  EXPECT_EQ(tags.attribute("four"), "");
  EXPECT_EQ(tags.attribute("five"), "/x/");
  EXPECT_EQ(tags.attribute("six"), "");
  EXPECT_EQ(tags.next(), HtmlPiece::end);
}

TEST(HtmlTags, ThatBreakOffHaveNoHalfValue) {
  HtmlTags tags("<a one=1 two='2");
  ASSERT_EQ(tags.next(), HtmlPiece::start_tag);
  EXPECT_EQ(tags.attribute("one"), "1");
  EXPECT_EQ(tags.attribute("two"), "");
}

TEST(HtmlTags, AreCountedAndEndSomewhere) {
  std::string many;
  for (std::size_t i = 0; i < kMaxHtmlTags + 100; ++i) many += "<b>";
  HtmlTags tags(many);
  std::size_t seen = 0;
  while (tags.next() != HtmlPiece::end) ++seen;
  EXPECT_EQ(seen, kMaxHtmlTags);
  EXPECT_EQ(tags.next(), HtmlPiece::end);
}

}  // namespace
}  // namespace exotap
