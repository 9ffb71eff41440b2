#include "rules/judging/repeats.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;

TEST(Repeats, CountEachKeyByItself) {
  Repeats repeats;
  EXPECT_EQ(repeats.count("a", at(0s), 1), 1U);
  EXPECT_EQ(repeats.count("a", at(1s), 2), 2U);
  EXPECT_EQ(repeats.count("b", at(2s), 3), 1U);
}

TEST(Repeats, BeginAnewAfterAQuietWindow) {
  Repeats repeats;
  EXPECT_EQ(repeats.count("a", at(0s), 1), 1U);
  EXPECT_EQ(repeats.count("a", at(Repeats::kWindow), 2), 2U);
  EXPECT_EQ(repeats.count("a", at(Repeats::kWindow * 2 + 1s), 3), 1U);
}

TEST(Repeats, TheSameExchangeTellsOnce) {
  Repeats repeats;
  EXPECT_EQ(repeats.count("a", at(0s), 7), 1U);
  EXPECT_EQ(repeats.count("a", at(1s), 8), 2U);
  EXPECT_EQ(repeats.count("a", at(2s), 7), 0U);
  EXPECT_EQ(repeats.count("a", at(3s), 9), 3U);
}

TEST(Repeats, ExchangeZeroIsAnExchangeToo) {
  Repeats repeats;
  EXPECT_EQ(repeats.count("a", at(0s), 0), 1U);
  EXPECT_EQ(repeats.count("a", at(0s), 0), 0U);
}

TEST(Repeats, ForgetTheLongestQuietWhenThereAreTooMany) {
  Repeats repeats;
  for (std::size_t i = 0; i < Repeats::kMaxKeys; ++i) {
    EXPECT_EQ(repeats.count(std::to_string(i), at(std::chrono::seconds(i / 100)), i), 1U);
  }
  EXPECT_EQ(repeats.count("4000", at(50s), 90001), 2U);
  EXPECT_EQ(repeats.count("one more", at(50s), 90002), 1U);
  EXPECT_EQ(repeats.count("4000", at(50s), 90003), 3U);
}

TEST(Repeats, AnEarlierTimeDoesNotTurnTheClockBack) {
  Repeats repeats;
  EXPECT_EQ(repeats.count("a", at(9min), 1), 1U);
  EXPECT_EQ(repeats.count("a", at(0min), 2), 2U);
  EXPECT_EQ(repeats.count("a", at(18min), 3), 3U);
}

}  // namespace
}  // namespace exotap
