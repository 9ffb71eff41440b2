#include "app/lab/text.h"

#include <gtest/gtest.h>

namespace exotap::lab {
namespace {

TEST(Text, Base64FollowsTheRfcsVectors) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64_url("\xfb\xff"), "-_8");
}

TEST(Text, Base64ReadsBothAlphabetsWithAndWithoutPadding) {
  EXPECT_EQ(from_base64("Zm8="), "fo");
  EXPECT_EQ(from_base64("Zm8"), "fo");
  EXPECT_EQ(from_base64("-_8"), "\xfb\xff");
  EXPECT_EQ(from_base64("+/8="), "\xfb\xff");
  EXPECT_EQ(from_base64("no spaces"), std::nullopt);
}

TEST(Text, PercentDecodingLeavesBrokenEscapesAlone) {
  EXPECT_EQ(from_percent("john%40contoso.com"), "john@contoso.com");
  EXPECT_EQ(from_percent("100%"), "100%");
  EXPECT_EQ(from_percent("%zz%4"), "%zz%4");
  EXPECT_EQ(to_percent("john@contoso.com"), "john%40contoso.com");
}

TEST(Text, FillReplacesKnownPlaceholdersOnce) {
  EXPECT_EQ(fill("{a} {b} {c}", {{"a", "{b}"}, {"b", "2"}}), "{b} 2 {c}");
  EXPECT_EQ(fill("{\"json\":{a}}", {{"a", "1"}}), "{\"json\":1}");
  EXPECT_EQ(fill("tail {", {{"a", "1"}}), "tail {");
}

TEST(Text, TimesAreWrittenAsTheProtocolsWant) {
  const std::chrono::system_clock::time_point time{std::chrono::milliseconds(1795338867042)};
  EXPECT_EQ(rfc3339(time), "2026-11-22T09:14:27.042Z");
  EXPECT_EQ(http_date(time), "Sun, 22 Nov 2026 09:14:27 GMT");
}

TEST(Text, BetweenIsEmptyWhereAnEndIsMissing) {
  EXPECT_EQ(between("<a>x</a>", "<a>", "</a>"), "x");
  EXPECT_EQ(between("<a>x", "<a>", "</a>"), "");
  EXPECT_EQ(between("x</a>", "<a>", "</a>"), "");
}

}  // namespace
}  // namespace exotap::lab
