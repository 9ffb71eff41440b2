#include "app/quantities.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

using namespace std::chrono_literals;

TEST(Quantities, SizesArePowersOf1024) {
  EXPECT_EQ(parse_size("1048576"), 1048576U);
  EXPECT_EQ(parse_size("7B"), 7U);
  EXPECT_EQ(parse_size("3k"), 3U << 10U);
  EXPECT_EQ(parse_size("512MiB"), 512U << 20U);
  EXPECT_EQ(parse_size("100M"), 100U << 20U);
  EXPECT_EQ(parse_size("1 GiB"), 1U << 30U);
  EXPECT_EQ(parse_size("2tb"), 2ULL << 40U);
  EXPECT_EQ(parse_size("0"), 0U);
}

TEST(Quantities, AgesAreDaysWhereNothingElseIsSaid) {
  EXPECT_EQ(parse_age("14"), 14 * 24h);
  EXPECT_EQ(parse_age("14d"), 14 * 24h);
  EXPECT_EQ(parse_age("1 day"), 24h);
  EXPECT_EQ(parse_age("36H"), 36h);
  EXPECT_EQ(parse_age("90m"), 90min);
  EXPECT_EQ(parse_age("30 seconds"), 30s);
}

TEST(Quantities, WhatIsNoneIsNone) {
  for (const char* word : {"", "GiB", "-1", "+1", " 1", "1.5GiB", "1 parsec", "12d", "0x10"}) {
    EXPECT_FALSE(parse_size(word)) << word;
  }
  for (const char* word : {"", "d", "-1d", "1.5d", "1 week", "12MiB", "d1"}) {
    EXPECT_FALSE(parse_age(word)) << word;
  }
}

TEST(Quantities, WhatIsTooMuchIsNone) {
  EXPECT_EQ(parse_size("8388607TiB"), 8388607ULL << 40U);
  EXPECT_FALSE(parse_size("8388608TiB"));
  EXPECT_FALSE(parse_size("9223372036854775808"));
  EXPECT_FALSE(parse_size("99999999999999999999999"));
  EXPECT_FALSE(parse_age("106751991167301d"));
}

}  // namespace
}  // namespace exotap
