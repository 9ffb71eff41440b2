#include "app/console/local_time.h"

#include <gtest/gtest.h>

#include "tests/app/console/paper_screen.h"
#include "tests/capture/judged.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;

TEST(LocalTime, IsTheClockOnTheWall) {
  live_in_greenwich();
  LocalTime local;
  EXPECT_EQ(local.seconds(noon()), "12:31:07");
  EXPECT_EQ(local.seconds(noon() + 999ms), "12:31:07");
  EXPECT_EQ(local.seconds(noon() + 1s), "12:31:08");
  EXPECT_EQ(local.minutes(noon()), "12:31");
  ::setenv("TZ", "XYZ-1", 1);
  ::tzset();
  LocalTime east;
  EXPECT_EQ(east.seconds(noon()), "13:31:07");
  live_in_greenwich();
}

TEST(LocalTime, SpansInWords) {
  EXPECT_EQ(span_words(0s), "0 s");
  EXPECT_EQ(span_words(119s), "119 s");
  EXPECT_EQ(span_words(12min), "12 min");
  EXPECT_EQ(span_words(185min), "3 h 5 min");
}

}  // namespace
}  // namespace exotap
