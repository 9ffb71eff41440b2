// Who keeps buffers while it waits: the last few that moved, and for a moment only.
#include "proxy/wire/warm_legs.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "tests/proxy/wire/loop.h"

namespace exotap::wire {
namespace {

class Waiting final : public Warm {
 public:
  [[nodiscard]] int times_cold() const { return times_cold_; }

 private:
  void grow_cold() override { ++times_cold_; }
  int times_cold_ = 0;
};

class WarmLegsTest : public ::testing::Test {
 protected:
  test::Loop loop_;
  Deadlines deadlines_{loop_.io()};
};

TEST_F(WarmLegsTest, TheOneThatMovedLongestAgoMakesRoom) {
  std::vector<Waiting> legs(kMostWarmLegs + 1);
  WarmLegs warm(deadlines_);
  for (std::size_t i = 0; i < kMostWarmLegs; ++i) warm.keep(legs[i]);
  EXPECT_EQ(warm.size(), kMostWarmLegs);
  warm.keep(legs[0]);  // moves again
  warm.keep(legs[kMostWarmLegs]);
  EXPECT_EQ(warm.size(), kMostWarmLegs);
  EXPECT_EQ(legs[0].times_cold(), 0);
  EXPECT_EQ(legs[1].times_cold(), 1);
  EXPECT_EQ(legs[2].times_cold(), 0);
  EXPECT_EQ(legs[kMostWarmLegs].times_cold(), 0);
}

TEST_F(WarmLegsTest, WhoMovesNoMoreGrowsCold) {
  Waiting leg;
  WarmLegs warm(deadlines_);
  warm.keep(leg);
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_TRUE(loop_.run_until([&] { return leg.times_cold() > 0; }));
  EXPECT_GE(std::chrono::steady_clock::now() - begun, kWarmFor);
  EXPECT_EQ(warm.size(), 0U);
}

TEST_F(WarmLegsTest, WhoGoesIsForgotten) {
  WarmLegs warm(deadlines_);
  auto leg = std::make_unique<Waiting>();
  warm.keep(*leg);
  warm.forget(*leg);
  warm.forget(*leg);
  EXPECT_EQ(warm.size(), 0U);
  EXPECT_EQ(leg->times_cold(), 0);
  leg.reset();
  Waiting other;
  warm.keep(other);
  EXPECT_EQ(warm.size(), 1U);
  warm.forget(other);
}

TEST_F(WarmLegsTest, TheListMayGoFirst) {
  Waiting leg;
  {
    WarmLegs warm(deadlines_);
    warm.keep(leg);
  }
  WarmLegs again(deadlines_);
  again.keep(leg);
  EXPECT_EQ(again.size(), 1U);
  again.forget(leg);
}

}  // namespace
}  // namespace exotap::wire
