#include "rules/judging/amount_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace exotap {
namespace {

using namespace std::chrono_literals;

AmountWindow::Sample sample(std::chrono::seconds when, std::uint64_t id, std::int64_t value) {
  return {std::chrono::system_clock::time_point(when), id, value};
}

TEST(AmountWindow, AddsUpWhatIsInIt) {
  AmountWindow window;
  window.add(sample(0s, 1, 10), 60s);
  window.add(sample(30s, 2, 5), 60s);
  EXPECT_EQ(window.sum().numerator, 15);
  EXPECT_EQ(to_text(window.average()), "7.5");
  window.add(sample(60s, 3, 1), 60s);  // the first is now just out
  EXPECT_EQ(window.sum().numerator, 6);
  window.add(sample(0s, 4, 100), 60s);  // too late to count
  EXPECT_EQ(window.sum().numerator, 6);
}

TEST(AmountWindow, APercentileIsTheNearestRank) {
  AmountWindow window;
  std::uint64_t id = 0;
  for (const std::int64_t value : {50, 15, 40, 20, 35}) window.add(sample(0s, ++id, value), 60s);
  const std::map<unsigned, std::int64_t> expected{{0, 15},  {5, 15},  {20, 15}, {21, 20},
                                                  {30, 20}, {40, 20}, {50, 35}, {100, 50}};
  for (const auto& [percent, value] : expected) {
    EXPECT_EQ(window.percentile(percent).numerator, value) << percent;
  }
}

TEST(AmountWindow, AnExchangeHasOneNumberTheLatest) {
  AmountWindow window;
  window.add(sample(0s, 7, 10), 60s);
  window.add(sample(5s, 7, 300), 60s);
  EXPECT_EQ(window.size(), 1U);
  EXPECT_EQ(window.sum().numerator, 300);
}

TEST(AmountWindow, IsBoundedAndNeverOverflows) {
  AmountWindow window;
  for (std::uint64_t id = 0; id < AmountWindow::kMaxSamples + 10; ++id) {
    window.add(sample(0s, id, INT64_MAX), 60s);
  }
  EXPECT_EQ(window.size(), AmountWindow::kMaxSamples);
  EXPECT_EQ(window.samples().front().exchange_id, 10U);
  EXPECT_EQ(window.average().numerator / window.average().denominator, kMaxAmount);
  window.add(sample(1s, 0, INT64_MIN), 1s);
  EXPECT_EQ(window.sum().numerator, -kMaxAmount);
}

// Told in any order, with exchanges told twice: the same as counting anew from all that was told.
TEST(AmountWindow, AgreesWithCountingAnew) {
  std::mt19937 random(21);
  constexpr auto kSpan = 40s;
  for (int round = 0; round < 60; ++round) {
    AmountWindow window;
    std::vector<AmountWindow::Sample> told;
    std::chrono::seconds now{1000};
    for (int step = 0; step < 80; ++step) {
      now += std::chrono::seconds(random() % 4);
      const auto late = std::chrono::seconds(random() % 5 == 0 ? random() % 60 : 0);
      const auto value = static_cast<std::int64_t>(random() % 2001) - 1000;
      told.push_back(sample(now - late, random() % 60, value));
      window.add(told.back(), kSpan);

      auto newest = told.front().time;
      std::map<std::uint64_t, AmountWindow::Sample> last;
      for (const auto& one : told) {
        newest = std::max(newest, one.time);
        last[one.exchange_id] = one;
      }
      std::vector<std::int64_t> values;
      std::int64_t sum = 0;
      for (const auto& [id, one] : last) {
        if (one.time <= newest - kSpan) continue;
        values.push_back(one.value);
        sum += one.value;
      }
      std::ranges::sort(values);
      ASSERT_EQ(window.size(), values.size());
      if (values.empty()) continue;
      ASSERT_EQ(window.sum().numerator, sum);
      ASSERT_EQ(window.average().denominator, static_cast<std::int64_t>(values.size()));
      const auto percent = static_cast<unsigned>(random() % 101);
      // By its definition: the least value that enough of them do not exceed.
      const auto enough = [&](std::int64_t limit) {
        const auto within = std::ranges::count_if(values, [&](auto v) { return v <= limit; });
        return static_cast<std::size_t>(within) * 100 >= percent * values.size();
      };
      ASSERT_EQ(window.percentile(percent).numerator, *std::ranges::find_if(values, enough));
    }
  }
}

}  // namespace
}  // namespace exotap
