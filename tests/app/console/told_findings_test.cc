#include "app/console/told_findings.h"

#include <gtest/gtest.h>

#include "tests/capture/judged.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;
using News = ToldFindings::News;

Finding about(const std::string& rule, const std::string& host, Level level = Level::high) {
  Finding finding;
  finding.rule_id = rule;
  finding.host = host;
  finding.title = rule + " at " + host;
  finding.level = level;
  return finding;
}

TEST(ToldFindings, TheSameForTheSameHostIsToldOnce) {
  ToldFindings told;
  EXPECT_EQ(told.take(about("a", "x"), noon()).news, News::first);
  EXPECT_EQ(told.take(about("a", "y"), noon()).news, News::first);
  EXPECT_EQ(told.take(about("b", "x"), noon()).news, News::first);
  EXPECT_EQ(told.take(about("a", "x"), noon()).news, News::known);
  EXPECT_EQ(told.size(), 3U);
}

TEST(ToldFindings, TensAreNews) {
  ToldFindings told;
  std::vector<int> news;
  for (int i = 1; i <= 1000; ++i) {
    if (told.take(about("a", "x"), noon()).news == News::milestone) news.push_back(i);
  }
  EXPECT_EQ(news, (std::vector<int>{10, 100, 1000}));
}

TEST(ToldFindings, TheEngineMayHaveCountedAlready) {
  ToldFindings told;
  told.take(about("a", "x"), noon());
  Finding again = about("a", "x");
  again.repeats = 25;
  const auto outcome = told.take(again, noon() + 5s);
  EXPECT_EQ(outcome.news, News::milestone);
  EXPECT_EQ(outcome.told->count, 25U);
  EXPECT_EQ(outcome.told->first, noon());
  EXPECT_EQ(outcome.told->latest, noon() + 5s);
}

TEST(ToldFindings, WorstFirst) {
  ToldFindings told;
  told.take(about("a", "x", Level::low), noon());
  told.take(about("b", "x", Level::critical), noon() + 1s);
  told.take(about("c", "x", Level::low), noon() - 1s);
  std::string order;
  for (const ToldFinding& finding : told.by_weight()) order += finding.rule_id;
  EXPECT_EQ(order, "bca");
}

TEST(ToldFindings, TheLongestSilentIsForgotten) {
  ToldFindings told;
  for (std::size_t i = 0; i <= ToldFindings::kMaxTold; ++i) {
    told.take(about(std::to_string(i), "x"), noon() + std::chrono::seconds(i));
  }
  EXPECT_EQ(told.size(), ToldFindings::kMaxTold);
  EXPECT_EQ(told.take(about("0", "x"), noon()).news, News::first);
}

}  // namespace
}  // namespace exotap
