#include "proxy/http/section_scan.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap::http {
namespace {

TEST(SectionScan, EndsAfterTheFirstEmptyLine) {
  SectionScan scan;
  EXPECT_EQ(scan.measure("a: b\r\nc: d\r\n\r\nbody\r\n\r\n"), 14u);
  EXPECT_TRUE(scan.ended());
  EXPECT_TRUE(scan.line_ended());
  EXPECT_EQ(scan.lines(), 3u);
  EXPECT_EQ(scan.measure("more"), 0u);
}

TEST(SectionScan, EndsAtOnceWhereTheFirstLineIsEmpty) {
  SectionScan scan;
  EXPECT_EQ(scan.measure("\r\nbody"), 2u);
  EXPECT_TRUE(scan.ended());
}

TEST(SectionScan, FindsTheSameEndInAnyPieces) {
  const std::string bytes = "GET / HTTP/1.1\r\nA: b\r\n\r\nrest";
  for (std::size_t a = 0; a <= bytes.size(); ++a) {
    for (std::size_t b = a; b <= bytes.size(); ++b) {
      SectionScan scan;
      const std::string_view all = bytes;
      std::size_t size = scan.measure(all.substr(0, a));
      size += scan.measure(all.substr(a, b - a));
      size += scan.measure(all.substr(b));
      ASSERT_EQ(size, 24u) << a << ", " << b;
      ASSERT_TRUE(scan.ended());
      ASSERT_EQ(scan.lines(), 3u);
    }
  }
}

TEST(SectionScan, ToldApartALineEndFromNone) {
  SectionScan scan;
  EXPECT_EQ(scan.measure("a: b\r"), 5u);
  EXPECT_FALSE(scan.line_ended());
  EXPECT_EQ(scan.measure("\n"), 1u);
  EXPECT_TRUE(scan.line_ended());
  EXPECT_FALSE(scan.ended());
  EXPECT_EQ(scan.measure(""), 0u);
  EXPECT_FALSE(scan.line_ended());
}

// Whoever reads the lines refuses a bare LF; a section that ends in one must not hang before.
TEST(SectionScan, EndsAtAnEmptyLineOfABareLf) {
  SectionScan scan;
  EXPECT_EQ(scan.measure("a\n\nb"), 3u);
  EXPECT_TRUE(scan.ended());
  SectionScan one_letter;
  EXPECT_EQ(one_letter.measure("a\r\nb\n"), 5u);
  EXPECT_FALSE(one_letter.ended());
}

}  // namespace
}  // namespace exotap::http
