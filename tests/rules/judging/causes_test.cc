#include "rules/judging/causes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace exotap {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

WallTime at(std::chrono::seconds since) { return WallTime(std::chrono::hours(500000)) + since; }

Mark mark(Mark::End end, std::size_t consequence = 0, std::string same = "1",
          Mark::Order order = Mark::Order::cause_first) {
  return {consequence, end, std::move(same), order, 10min};
}
Mark cause(std::size_t consequence = 0, std::string same = "1") {
  return mark(Mark::End::cause, consequence, std::move(same));
}
Mark symptom(std::size_t consequence = 0, std::string same = "1") {
  return mark(Mark::End::symptom, consequence, std::move(same));
}
Mark cause_of_earlier() { return mark(Mark::End::cause, 0, "1", Mark::Order::any); }

class CausesTest : public testing::Test {
 protected:
  Finding tell(const std::string& name, std::vector<Mark> marks, std::chrono::seconds when,
               std::uint32_t repeats = 1, std::uint64_t attempt = 1) {
    Finding finding;
    finding.rule_name = name;
    finding.repeats = repeats;
    finding.attempt_id = attempt;
    causes_.rank(finding, name, std::move(marks), at(when), forgotten_);
    return finding;
  }
  std::vector<Finding> end() {
    std::vector<Finding> words;
    causes_.end(words);
    return words;
  }

  Causes causes_;
  std::vector<Finding> forgotten_;
};

TEST_F(CausesTest, FindingsAreNumberedAsTheyAreTold) {
  EXPECT_EQ(tell("a", {}, 0s).number, 1U);
  Finding other;
  causes_.number(other);
  EXPECT_EQ(other.number, 2U);
  EXPECT_EQ(tell("b", {}, 0s).number, 3U);
}

TEST_F(CausesTest, WhatFollowsIsBecauseOfWhatWasToldBefore) {
  EXPECT_EQ(tell("sts-is-dead", {cause()}, 0s).because_of, 0U);
  EXPECT_EQ(tell("no-token", {symptom()}, 5s).because_of, 1U);
}

TEST_F(CausesTest, WithoutAConsequenceTheyStayTwo) {
  tell("sts-is-dead", {cause()}, 0s);
  EXPECT_EQ(tell("disk-full", {}, 5s).because_of, 0U);
  EXPECT_EQ(tell("another-consequence", {symptom(1)}, 5s).because_of, 0U);
  EXPECT_EQ(tell("elsewhere", {symptom(0, "2")}, 5s).because_of, 0U);
  EXPECT_EQ(tell("another-cause", {cause()}, 5s).because_of, 0U);
}

TEST_F(CausesTest, ACauseThatBeganEarlierAndEndedLaterTakesItsSymptomsOver) {
  EXPECT_EQ(tell("no-token", {symptom()}, 15s).because_of, 0U);
  const Finding late = tell("sts-timed-out", {cause()}, 10s);
  EXPECT_THAT(late.cause_of, ElementsAre(1U));
  EXPECT_EQ(late.because_of, 0U);
}

TEST_F(CausesTest, WhatCameFirstIsNotBecauseOfWhatCameLater) {
  tell("wrong-password", {symptom()}, 0s);
  EXPECT_THAT(tell("sts-is-dead", {cause()}, 1s).cause_of, IsEmpty());
}

TEST_F(CausesTest, UnlessTheConsequenceSaysSo) {
  tell("one-host", {symptom()}, 0s);
  EXPECT_THAT(tell("all-hosts", {cause_of_earlier()}, 30s).cause_of, ElementsAre(1U));
  EXPECT_EQ(tell("a-third-host", {symptom()}, 31s).because_of, 2U);
}

TEST_F(CausesTest, NothingFollowsWhenTheTimeIsOver) {
  tell("dead", {cause()}, 0s);
  EXPECT_EQ(tell("in-time", {symptom()}, 10min).because_of, 1U);
  EXPECT_EQ(tell("too-late", {symptom()}, 10min + 1s).because_of, 0U);
  tell("long-ago", {symptom(3)}, 0s);
  EXPECT_THAT(
      tell("much-later", {mark(Mark::End::cause, 3, "1", Mark::Order::any)}, 11min).cause_of,
      IsEmpty());
}

TEST_F(CausesTest, TheEarliestOfSeveralCausesItIs) {
  tell("second", {cause(0)}, 2s);
  tell("first", {cause(1)}, 1s);
  EXPECT_EQ(tell("symptom", {symptom(0), symptom(1)}, 3s).because_of, 2U);
}

TEST_F(CausesTest, AChainEndsAtItsFirstLink) {
  tell("name-server", {cause(0)}, 0s);
  EXPECT_EQ(tell("sts", {symptom(0), cause(1)}, 1s).because_of, 1U);
  EXPECT_EQ(tell("mail", {symptom(1)}, 2s).because_of, 1U);
}

TEST_F(CausesTest, NoFindingIsItsOwnCause) {
  EXPECT_EQ(tell("server-fails", {cause(), symptom()}, 0s).because_of, 0U);
  EXPECT_EQ(tell("again", {cause(), symptom()}, 0s).because_of, 1U);
  EXPECT_EQ(tell("server-fails", {cause(), symptom()}, 1s, 2).because_of, 0U);
}

TEST_F(CausesTest, ARepeatKeepsItsPlace) {
  tell("dead", {cause()}, 0s);
  tell("symptom", {symptom()}, 1s);
  const Finding again = tell("symptom", {symptom()}, 2s, 2);
  EXPECT_EQ(again.again_of, 2U);
  EXPECT_EQ(again.because_of, 1U);
  EXPECT_FALSE(again.is_news);
  EXPECT_EQ(tell("dead", {cause()}, 3s, 2).again_of, 1U);
}

TEST_F(CausesTest, InAnotherAttemptItIsToldAnew) {
  tell("dead", {cause(0, "attempt 1")}, 0s, 1, 1);
  const Finding there = tell("dead", {cause(0, "attempt 2")}, 90s, 2, 2);
  EXPECT_EQ(there.again_of, 0U);
  EXPECT_TRUE(there.is_news);
  EXPECT_EQ(tell("symptom", {symptom(0, "attempt 2")}, 91s, 1, 2).because_of, there.number);
}

TEST_F(CausesTest, AfterTenQuietMinutesItIsAnother) {
  tell("dead", {}, 0s);
  EXPECT_EQ(tell("dead", {}, 11min, 1).again_of, 0U);
  EXPECT_EQ(tell("dead", {}, 12min, 2).again_of, 2U);
}

TEST_F(CausesTest, FortyRepeatsAreTwoLinesAndALastWord) {
  std::size_t lines = 0;
  for (std::uint32_t i = 1; i <= 40; ++i) {
    if (tell("dead", {}, std::chrono::seconds(i), i).is_news) ++lines;
  }
  EXPECT_EQ(lines, 2U);
  const auto words = end();
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].again_of, 1U);
  EXPECT_EQ(words[0].repeats, 40U);
  EXPECT_TRUE(words[0].is_news);
  EXPECT_TRUE(words[0].is_last_word);
  EXPECT_THAT(end(), IsEmpty());
}

TEST_F(CausesTest, TheLastWordNamesEverySymptom) {
  tell("early", {symptom()}, 5s);
  tell("dead", {cause()}, 0s);
  tell("late", {symptom()}, 9s);
  const auto words = end();
  ASSERT_THAT(words, SizeIs(1));
  EXPECT_EQ(words[0].rule_name, "dead");
  EXPECT_EQ(words[0].again_of, 2U);
  EXPECT_THAT(words[0].cause_of, ElementsAre(1U, 3U));
}

TEST_F(CausesTest, WhatWasToldOnceHasNoLastWord) {
  tell("dead", {}, 0s);
  EXPECT_THAT(end(), IsEmpty());
}

TEST_F(CausesTest, TheLongestQuietIsForgottenWithALastWord) {
  tell("dead", {cause()}, 0s);
  tell("symptom", {symptom()}, 1s);
  for (std::size_t i = 0; i < Causes::kMaxRemembered; ++i) {
    tell("other" + std::to_string(i), {}, std::chrono::seconds(10 + i));
  }
  ASSERT_THAT(forgotten_, SizeIs(1));
  EXPECT_EQ(forgotten_[0].again_of, 1U);
  EXPECT_THAT(forgotten_[0].cause_of, ElementsAre(2U));
  // The symptom may be told again, or be a cause by itself; it keeps the place it was given.
  EXPECT_EQ(tell("new", {symptom()}, 300s).because_of, 0U);
}

TEST_F(CausesTest, OtherRulesBeginAnewAndKeepWhatWasTold) {
  tell("dead", {cause()}, 0s);
  tell("symptom", {symptom()}, 1s);
  causes_.forget_marks();
  EXPECT_EQ(tell("other", {symptom()}, 2s).because_of, 0U);
  EXPECT_EQ(tell("symptom", {symptom()}, 2s, 2).because_of, 1U);
}

// Findings at random: which can explain which is one draw, too.
struct Drawn {
  std::string name;
  std::vector<Mark> marks;
  std::chrono::seconds when{0};
};

// Consequences lead from lower to higher kinds, so that none of them run in a circle.
std::vector<Drawn> draw(std::mt19937& random, std::size_t count, std::size_t moments) {
  std::vector<Drawn> drawn;
  for (std::size_t i = 0; i < count; ++i) {
    Drawn one{"f" + std::to_string(i), {}, std::chrono::seconds(random() % moments)};
    const std::size_t kind = random() % 5;
    for (std::size_t other = 0; other < 5; ++other) {
      // The consequence from kind a to kind b holds for one pair in two.
      const auto holds = [](std::size_t a, std::size_t b) { return (a * 3 + b * 5) % 2 == 1; };
      const std::string same = std::to_string(random() % 2);
      if (other > kind && holds(kind, other)) one.marks.push_back(cause(kind * 5 + other, same));
      if (other < kind && holds(other, kind)) one.marks.push_back(symptom(other * 5 + kind, same));
    }
    drawn.push_back(std::move(one));
  }
  return drawn;
}

using Parents = std::map<std::string, std::string>;  // of each finding; none of a cause

Parents parents_of(const std::vector<Drawn>& order) {
  Causes causes;
  std::vector<Finding> forgotten;
  std::map<std::uint64_t, std::string> names;
  Parents parents;
  for (const Drawn& one : order) {
    Finding finding;
    causes.rank(finding, one.name, one.marks, at(one.when), forgotten);
    names[finding.number] = one.name;
    if (finding.because_of != 0) {
      EXPECT_LT(finding.because_of, finding.number);
      EXPECT_TRUE(names.contains(finding.because_of));
      parents[one.name] = names[finding.because_of];
    }
    for (const std::uint64_t number : finding.cause_of) {
      EXPECT_LT(number, finding.number);
      EXPECT_FALSE(parents.contains(names[number])) << "one cause, once";
      parents[names[number]] = one.name;
    }
  }
  return parents;
}

std::set<std::string> causes_of(const std::vector<Drawn>& order) {
  const Parents parents = parents_of(order);
  std::set<std::string> causes;
  for (const Drawn& one : order) {
    if (!parents.contains(one.name)) causes.insert(one.name);
  }
  return causes;
}

TEST(CausesAtRandom, AreAForest) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    auto drawn = draw(random, 2 + random() % 30, 20);
    // Some run in circles and backwards.
    for (Drawn& one : drawn) {
      if (random() % 4 == 0) one.marks.push_back(cause(99));
      if (random() % 4 == 0) one.marks.push_back(symptom(99));
      if (random() % 8 == 0) one.marks.push_back(mark(Mark::End::cause, 98, "", Mark::Order::any));
      if (random() % 8 == 0)
        one.marks.push_back(mark(Mark::End::symptom, 98, "", Mark::Order::any));
    }
    const Parents parents = parents_of(drawn);
    for (const Drawn& one : drawn) {
      std::string up = one.name;
      for (std::size_t steps = 0; parents.contains(up); ++steps) {
        ASSERT_LE(steps, drawn.size()) << "a circle through " << one.name;
        up = parents.at(up);
      }
    }
  }
}

TEST(CausesAtRandom, AreTheSameInWhateverOrderTheyAreTold) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    auto drawn = draw(random, 2 + random() % 20, 1 + random() % 4);
    const auto causes = causes_of(drawn);
    for (int shuffle = 0; shuffle < 5; ++shuffle) {
      std::shuffle(drawn.begin(), drawn.end(), random);
      EXPECT_EQ(causes_of(drawn), causes);
    }
  }
}

TEST(CausesAtRandom, NothingIsLost) {
  std::mt19937 random(13);
  for (int round = 0; round < 50; ++round) {
    Causes causes;
    std::vector<Finding> words;
    std::set<std::uint64_t> hung, named;
    for (const Drawn& one : draw(random, Causes::kMaxRemembered + 50, 500)) {
      Finding finding;
      causes.rank(finding, one.name, one.marks, at(one.when), words);
      if (finding.because_of != 0) hung.insert(finding.number);
      hung.insert(finding.cause_of.begin(), finding.cause_of.end());
      named.insert(finding.cause_of.begin(), finding.cause_of.end());
    }
    causes.end(words);
    for (const Finding& word : words) named.insert(word.cause_of.begin(), word.cause_of.end());
    EXPECT_EQ(named, hung);
  }
}

}  // namespace
}  // namespace exotap
