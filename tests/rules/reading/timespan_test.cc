#include "rules/reading/timespan.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

using namespace std::chrono_literals;

TEST(Timespan, IsANumberAndALetter) {
  EXPECT_EQ(parse_timespan("30s"), 30s);
  EXPECT_EQ(parse_timespan("5m"), 5min);
  EXPECT_EQ(parse_timespan("1h"), 1h);
  EXPECT_EQ(parse_timespan("30d"), 24h * 30);
}

TEST(Timespan, NothingElse) {
  for (const char* text : {"", "5", "m", "5M", "-5m", "0s", "1.5h", "5 m", "5min", "31d", "1h30m",
                           "99999999999999999d", "2147483647d"}) {
    EXPECT_FALSE(parse_timespan(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace exotap
