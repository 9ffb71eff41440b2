// What may happen a thousand times a second is told once a minute, and none of it is lost.
#include "proxy/wire/rare_notice.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

TEST(RareNotice, TheFirstAtOnceThenTheSumOfAMinute) {
  RareNotice rare;
  const RareNotice::Time begun{std::chrono::hours(1)};
  EXPECT_EQ(rare.happened(begun), 1U);
  for (int i = 0; i < 999; ++i) EXPECT_EQ(rare.happened(begun + std::chrono::seconds(1)), 0U);
  EXPECT_EQ(rare.happened(begun + RareNotice::kEvery - std::chrono::nanoseconds(1)), 0U);
  EXPECT_EQ(rare.happened(begun + RareNotice::kEvery), 1001U);
  EXPECT_EQ(rare.happened(begun + RareNotice::kEvery), 0U);
}

}  // namespace
}  // namespace exotap::wire
