#include "app/console/repeat_fold.h"

#include <gtest/gtest.h>

#include <vector>

#include "tests/capture/judged.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;

class RepeatFoldTest : public testing::Test {
 protected:
  // Whether the row was shown itself.
  bool come(std::uint64_t likeness, std::chrono::milliseconds when, Nanoseconds duration = 10ms) {
    if (fold_.count(likeness, noon() + when, duration)) return false;
    ExchangeRow row;
    row.time = noon() + when;
    row.subject = std::to_string(likeness);
    row.duration = duration;
    fold_.shown(likeness, row);
    return true;
  }

  std::vector<ExchangeRow> folded_;
  RepeatFold fold_{[this](const ExchangeRow& row) { folded_.push_back(row); }};
};

TEST_F(RepeatFoldTest, TheFirstIsShownTheOthersAreCounted) {
  EXPECT_TRUE(come(1, 0s));
  EXPECT_FALSE(come(1, 1s, 20ms));
  EXPECT_FALSE(come(1, 2s, 40ms));
  EXPECT_TRUE(folded_.empty());
  fold_.settle(noon() + 10s);
  ASSERT_EQ(folded_.size(), 1U);
  EXPECT_EQ(folded_[0].count, 2U);
  EXPECT_EQ(folded_[0].duration, 30ms);
  EXPECT_EQ(folded_[0].time, noon() + 2s);
}

TEST_F(RepeatFoldTest, OthersBetweenDoNotPartThem) {
  EXPECT_TRUE(come(1, 0s));
  EXPECT_TRUE(come(2, 1s));
  EXPECT_FALSE(come(1, 2s));
  EXPECT_FALSE(come(2, 3s));
}

TEST_F(RepeatFoldTest, WhatKeepsComingIsOneLineAWindow) {
  for (int second = 0; second < 100; ++second) come(1, std::chrono::seconds(second));
  EXPECT_GE(folded_.size(), 8U);
  EXPECT_LE(folded_.size(), 10U);
  std::uint64_t told = 1;
  fold_.settle_all();
  for (const ExchangeRow& row : folded_) told += row.count;
  EXPECT_EQ(told, 100U);
}

TEST_F(RepeatFoldTest, AfterAPauseItIsShownAgain) {
  EXPECT_TRUE(come(1, 0s));
  fold_.settle(noon() + 30s);
  EXPECT_TRUE(come(1, 30s));
  EXPECT_TRUE(come(1, 60s));
  EXPECT_TRUE(folded_.empty());
}

TEST_F(RepeatFoldTest, NothingCountedIsLostWhenThereAreMany) {
  for (std::uint64_t likeness = 1; likeness <= RepeatFold::kMaxRows; ++likeness) {
    come(likeness, std::chrono::milliseconds(likeness));
    come(likeness, std::chrono::milliseconds(likeness));
  }
  EXPECT_TRUE(come(1000, 100ms));
  ASSERT_EQ(folded_.size(), 1U);
  EXPECT_EQ(folded_[0].subject, "1");
  fold_.settle_all();
  EXPECT_EQ(folded_.size(), RepeatFold::kMaxRows);
}

}  // namespace
}  // namespace exotap
