#include "capture/held_steps.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/capture/judged.h"

namespace exotap {
namespace {

class HeldStepsTest : public testing::Test {
 protected:
  void hold(std::uint64_t id, std::uint64_t attempt, std::size_t size = 10) {
    Facts facts;
    for (; size > Facts::kMaxFactText; size -= Facts::kMaxFactText) {
      facts.add(fact::kUrlDomain, std::string(Facts::kMaxFactText, 'x'));
    }
    facts.add(fact::kUrlDomain, std::string(size, 'x'));
    held_.hold(id, attempt, noon(), facts);
  }
  std::vector<std::uint64_t> of_attempt(std::uint64_t attempt) {
    std::vector<std::uint64_t> ids;
    held_.release_attempt(attempt, [&](const HeldStep& step) { ids.push_back(step.id); });
    return ids;
  }
  std::size_t of_exchange(std::uint64_t id) {
    std::size_t count = 0;
    held_.release_exchange(id, [&](const HeldStep&) { ++count; });
    return count;
  }

  HeldSteps held_;
};

using Ids = std::vector<std::uint64_t>;

TEST_F(HeldStepsTest, GivesTheStepsOfAnAttemptInOrderAndOnce) {
  hold(1, 7);
  hold(2, 8);
  hold(3, 7);
  EXPECT_EQ(of_attempt(7), (Ids{1, 3}));
  EXPECT_EQ(of_attempt(7), Ids{});
  EXPECT_EQ(of_attempt(8), Ids{2});
  EXPECT_EQ(held_.bytes(), 0U);
}

TEST_F(HeldStepsTest, NoAttemptIsNotAnAttempt) {
  hold(1, 0);
  EXPECT_EQ(of_attempt(0), Ids{});
  EXPECT_EQ(of_exchange(1), 1U);
}

TEST_F(HeldStepsTest, KeepsTheLatest) {
  for (std::uint64_t id = 1; id <= HeldSteps::kMaxSteps + 10; ++id) hold(id, 7);
  const Ids ids = of_attempt(7);
  ASSERT_EQ(ids.size(), HeldSteps::kMaxSteps);
  EXPECT_EQ(ids.front(), 11U);
  EXPECT_EQ(ids.back(), HeldSteps::kMaxSteps + 10);
}

TEST_F(HeldStepsTest, IsBoundedInBytes) {
  constexpr std::size_t kLarge = 100 * 1024;
  for (std::uint64_t id = 1; id <= 200; ++id) {
    hold(id, 7, kLarge);
    ASSERT_LE(held_.bytes(), HeldSteps::kMaxBytes);
  }
  const Ids ids = of_attempt(7);
  EXPECT_GE(ids.size(), 60U);
  EXPECT_EQ(ids.back(), 200U);
}

TEST_F(HeldStepsTest, BothRecordsOfAnExchangeGo) {
  hold(5, 7);
  hold(5, 7);
  EXPECT_EQ(of_exchange(5), 2U);
  EXPECT_EQ(of_exchange(5), 0U);
}

TEST_F(HeldStepsTest, SlotsThatWereReleasedAreUsedAgain) {
  for (std::uint64_t round = 0; round < 5; ++round) {
    for (std::uint64_t id = 0; id < HeldSteps::kMaxSteps; ++id) hold(id, round + 1);
    EXPECT_EQ(of_attempt(round + 1).size(), HeldSteps::kMaxSteps);
  }
}

}  // namespace
}  // namespace exotap
