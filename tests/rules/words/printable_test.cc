#include "rules/words/printable.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(Printable, LeavesOrdinaryTextAlone) {
  EXPECT_EQ(printable("sts.contoso.com", 100), "sts.contoso.com");
  EXPECT_EQ(printable("Zürich 東京 🙂", 100), "Zürich 東京 🙂");
}

TEST(Printable, TakesAwayWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a\x1B[31mb\r\nc\x7F", 100), "a [31mb  c ");
  EXPECT_EQ(printable("a\xC2\x9B"
                      "31m",
                      100),
            "a 31m");  // CSI as one character
  EXPECT_EQ(printable("a\xE2\x80\xA8"
                      "b",
                      100),
            "a b");  // line separator
}

TEST(Printable, ShowsWhatWouldDeceiveTheEye) {
  EXPECT_EQ(printable("moc.\xE2\x80\xAE"
                      "x",
                      100),
            "moc.\xEF\xBF\xBDx");  // right-to-left override
  EXPECT_EQ(printable("micro\xE2\x80\x8B"
                      "soft",
                      100),
            "micro\xEF\xBF\xBDsoft");  // zero width
}

TEST(Printable, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(printable("a\xFF", 100), "a\xEF\xBF\xBD");
  EXPECT_EQ(printable("\xC0\xAF", 100), "\xEF\xBF\xBD\xEF\xBF\xBD");       // overlong
  EXPECT_EQ(printable("\xE0\x80\xAF", 100).substr(0, 3), "\xEF\xBF\xBD");  // overlong
  EXPECT_EQ(printable("\xED\xA0\x80", 100).substr(0, 3), "\xEF\xBF\xBD");  // surrogate
  EXPECT_EQ(printable("\xE2\x82", 100), "\xEF\xBF\xBD\xEF\xBF\xBD");       // cut off
  EXPECT_EQ(printable("\xF4\x90\x80\x80", 100).substr(0, 3), "\xEF\xBF\xBD");
}

TEST(Printable, CutsBetweenCharactersAndSaysSo) {
  EXPECT_EQ(printable("abcdef", 6), "abcdef");
  EXPECT_EQ(printable("abcdefg", 6), "abcdef…");
  EXPECT_EQ(printable("ab\xC3\xBC", 3), "ab…");
}

TEST(CutUtf8, NeverCutsThroughACharacter) {
  EXPECT_EQ(cut_utf8("ab\xC3\xBC", 4), "ab\xC3\xBC");
  EXPECT_EQ(cut_utf8("ab\xC3\xBC", 3), "ab");
  EXPECT_EQ(cut_utf8("abc", 0), "");
}

}  // namespace
}  // namespace exotap
