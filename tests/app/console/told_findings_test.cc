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

TEST(ToldFindings, WhatRepeatsByItsRulesOwnMeasureIsTheSame) {
  ToldFindings told;
  Finding everywhere = about("everywhere", "x");
  everywhere.likeness = 7;
  told.take(everywhere, noon());
  everywhere.host = "y";
  EXPECT_EQ(told.take(everywhere, noon()).news, News::known);
  everywhere.host = "z";
  everywhere.likeness = 8;
  EXPECT_EQ(told.take(everywhere, noon()).news, News::first);
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
  EXPECT_EQ(outcome.told.count, 25U);
  EXPECT_EQ(outcome.told.first, noon());
  EXPECT_EQ(outcome.told.latest, noon() + 5s);
}

TEST(ToldFindings, WorstFirst) {
  ToldFindings told;
  told.take(about("a", "x", Level::low), noon());
  told.take(about("b", "x", Level::critical), noon() + 1s);
  told.take(about("c", "x", Level::low), noon() - 1s);
  std::string order;
  for (const auto& branch : told.by_weight()) order += branch.told.rule_id;
  EXPECT_EQ(order, "bca");
}

Finding numbered(std::uint64_t number, Finding finding, std::uint64_t because_of = 0) {
  finding.number = number;
  finding.because_of = because_of;
  return finding;
}

TEST(ToldFindings, WhatHasACauseHangsBelowItAndHostsAreOne) {
  ToldFindings told;
  told.take(numbered(1, about("dead", "sts")), noon());
  const auto first = told.take(numbered(2, about("no-token", "mail"), 1), noon());
  EXPECT_EQ(first.news, News::first);
  ASSERT_TRUE(first.cause);
  EXPECT_EQ(first.cause->rule_id, "dead");
  const auto second = told.take(numbered(3, about("no-token", "other"), 1), noon());
  EXPECT_EQ(second.news, News::known);
  EXPECT_EQ(second.told.count, 2U);
  EXPECT_EQ(told.causes(), 1U);
  const auto branches = told.by_weight();
  ASSERT_EQ(branches.size(), 1U);
  ASSERT_EQ(branches[0].symptoms.size(), 1U);
  EXPECT_EQ(branches[0].symptoms[0].rule_id, "no-token");
}

TEST(ToldFindings, TheSameRuleMayBeCauseAndSymptom) {
  ToldFindings told;
  told.take(numbered(1, about("name", "sts")), noon());
  EXPECT_EQ(told.take(numbered(2, about("name", "mail"), 1), noon()).news, News::first);
  EXPECT_EQ(told.take(numbered(3, about("name", "sts")), noon()).told.below, 0U);
  EXPECT_EQ(told.by_weight()[0].told.count, 2U);
}

TEST(ToldFindings, ACauseThatComesLaterTakesOver) {
  ToldFindings told;
  told.take(numbered(1, about("one-host", "sts")), noon());
  Finding all = numbered(2, about("all-hosts", "mail"));
  all.cause_of = {1};
  const auto outcome = told.take(all, noon());
  ASSERT_EQ(outcome.cause_of.size(), 1U);
  EXPECT_EQ(outcome.cause_of[0].rule_id, "one-host");
  EXPECT_EQ(told.causes(), 1U);
}

TEST(ToldFindings, AttemptsThatDisagreeMakeNoCircle) {
  ToldFindings told;
  told.take(numbered(1, about("a", "x")), noon());
  told.take(numbered(2, about("b", "x"), 1), noon());
  told.take(numbered(3, about("b", "x")), noon());
  told.take(numbered(4, about("a", "x"), 3), noon());
  EXPECT_EQ(told.causes(), 1U);
  EXPECT_EQ(told.size(), 2U);
  EXPECT_EQ(told.by_weight()[0].told.rule_id, "a");
}

TEST(ToldFindings, ASymptomOfAForgottenCauseStandsByItself) {
  ToldFindings told;
  told.take(numbered(1, about("dead", "x")), noon());
  told.take(numbered(2, about("symptom", "x"), 1), noon() + 1h);
  for (std::size_t i = 0; i < ToldFindings::kMaxTold - 1; ++i) {
    told.take(numbered(10 + i, about(std::to_string(i), "x")), noon() + 1h);
  }
  EXPECT_EQ(told.causes(), ToldFindings::kMaxTold);
  EXPECT_FALSE(told.take(numbered(999, about("new", "x"), 1), noon() + 2h).cause);
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
