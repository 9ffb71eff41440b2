#include "rules/matching/time_part.h"

#include <gtest/gtest.h>

#include <limits>

namespace exotap {
namespace {

std::int64_t part(std::string_view text, TimePart which) {
  return part_of(Fact{nullptr, text, 0}, false, which).value_or(-1);
}

TEST(TimePart, TakesATimeApart) {
  constexpr std::string_view kTime = "2025-08-02T23:59:58Z";
  EXPECT_EQ(part(kTime, TimePart::minute), 59);
  EXPECT_EQ(part(kTime, TimePart::hour), 23);
  EXPECT_EQ(part(kTime, TimePart::day), 2);
  EXPECT_EQ(part(kTime, TimePart::week), 31);
  EXPECT_EQ(part(kTime, TimePart::month), 8);
  EXPECT_EQ(part(kTime, TimePart::year), 2025);
}

TEST(TimePart, IsOfUtcWhateverTheTextsZone) {
  EXPECT_EQ(part("2025-01-01T00:30:00+01:00", TimePart::hour), 23);
  EXPECT_EQ(part("2025-01-01T00:30:00+01:00", TimePart::year), 2024);
  EXPECT_EQ(part("Sun, 06 Nov 1994 08:49:37 GMT", TimePart::hour), 8);
}

TEST(TimePart, AWeekIsThatOfIso8601) {
  EXPECT_EQ(part("2021-01-03T12:00:00Z", TimePart::week), 53);  // of 2020
  EXPECT_EQ(part("2021-01-04T00:00:00Z", TimePart::week), 1);
  EXPECT_EQ(part("2024-12-30T00:00:00Z", TimePart::week), 1);  // of 2025
  EXPECT_EQ(part("2023-01-01T00:00:00Z", TimePart::week), 52);
  EXPECT_EQ(part("2025-12-29T00:00:00Z", TimePart::week), 1);  // whose year begins on a Thursday
}

TEST(TimePart, ANumberIsSecondsSince1970) {
  EXPECT_EQ(part_of(Fact{nullptr, "", -1}, true, TimePart::year), 1969);
  EXPECT_EQ(part_of(Fact{nullptr, "", -1}, true, TimePart::minute), 59);
  EXPECT_EQ(part_of(Fact{nullptr, "", 951782400}, true, TimePart::day), 29);
}

TEST(TimePart, WhatIsNoTimeHasNone) {
  EXPECT_EQ(part("soon", TimePart::hour), -1);
  EXPECT_EQ(part("", TimePart::hour), -1);
  for (const auto seconds :
       {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
        std::int64_t{253402300800}}) {
    EXPECT_FALSE(part_of(seconds, TimePart::year)) << seconds;
  }
  EXPECT_EQ(part_of(253402300799, TimePart::year), 9999);
}

TEST(TimePart, EveryPartIsWithinItsLimits) {
  for (std::int64_t seconds = -3000000000; seconds < 3000000000; seconds += 12345679) {
    for (const TimePart which : {TimePart::minute, TimePart::hour, TimePart::day, TimePart::week,
                                 TimePart::month, TimePart::year}) {
      const auto value = part_of(seconds, which);
      ASSERT_TRUE(value);
      EXPECT_GE(*value, limits_of(which).lowest);
      EXPECT_LE(*value, limits_of(which).highest);
    }
  }
}

}  // namespace
}  // namespace exotap
