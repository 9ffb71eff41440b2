#include <gtest/gtest.h>
#include <sys/timex.h>

#include "app/doctor/clock.h"

namespace exotap {
namespace {

TEST(Clock, SaysWhatTheKernelSays) {
  timex state{};
  const int result = ::adjtimex(&state);
  const std::optional<bool> kept = clock_is_synchronised();
  ASSERT_EQ(kept.has_value(), result >= 0);
  if (kept && *kept) {
    EXPECT_EQ(state.status & STA_UNSYNC, 0);
  }
  if (kept && !*kept) {
    EXPECT_TRUE(result == TIME_ERROR || (state.status & STA_UNSYNC) != 0);
  }
}

}  // namespace
}  // namespace exotap
