#include "app/analysis.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <optional>

#include "tests/app/judging.h"

namespace exotap {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

class AnalysisTest : public testing::Test {
 protected:
  // What was told but for the flushes, which come when they like.
  [[nodiscard]] Diary told() const {
    Diary kept = diary_;
    std::erase(kept, "sink: flush");
    return kept;
  }

  Diary diary_;
  WritingSink sink_{"sink", diary_};
  Judge judge_{one_rule("refuses", "high"), {&sink_}};
  AnalysisQueue queue_{{.exchanges = 1024, .gather = std::chrono::microseconds(0)}};
};

TEST_F(AnalysisTest, JudgesWhatIsInTheQueueInOrderBeforeItEnds) {
  constexpr std::uint64_t kMany = 500;
  Diary expected;
  Analysis analysis(queue_, judge_);
  for (std::uint64_t id = 1; id <= kMany; ++id) {
    queue_.offer(refused_connect(id));
    expected.push_back("sink: exchange " + std::to_string(id));
    expected.push_back("sink: refuses in " + std::to_string(id));
  }
  analysis.finish();
  EXPECT_EQ(told(), expected);
  EXPECT_EQ(diary_.back(), "sink: flush");
}

TEST_F(AnalysisTest, WhatCameBeforeTheThreadIsJudgedToo) {
  queue_.offer(refused_connect(1));
  queue_.close();
  Analysis(queue_, judge_).finish();
  EXPECT_THAT(told(), ElementsAre("sink: exchange 1", "sink: refuses in 1"));
}

TEST_F(AnalysisTest, FinishesByItselfAndTwice) {
  {
    Analysis analysis(queue_, judge_);
    queue_.offer(refused_connect(1));
  }
  EXPECT_THAT(told(), Contains("sink: refuses in 1"));
  Analysis analysis(queue_, judge_);
  analysis.finish();
  analysis.finish();
}

TEST_F(AnalysisTest, TheLatestOfOtherRulesJudgesWhatComesAfterIt) {
  Analysis analysis(queue_, judge_);
  analysis.replace_rules(one_rule("second", "low", 2));
  analysis.replace_rules(one_rule("third", "low", 3));
  queue_.offer(refused_connect(1));
  analysis.finish();
  EXPECT_THAT(told(), ElementsAre("sink: exchange 1", "sink: third in 1"));
}

TEST_F(AnalysisTest, RulesThatComeTooLateChangeNothing) {
  Analysis analysis(queue_, judge_);
  queue_.offer(refused_connect(1));
  analysis.finish();
  analysis.replace_rules(one_rule("late", "low", 2));
  EXPECT_THAT(told(), ElementsAre("sink: exchange 1", "sink: refuses in 1"));
}

TEST_F(AnalysisTest, TellsWhatTheQueueDropped) {
  AnalysisQueue narrow({.exchanges = 4, .gather = std::chrono::microseconds(0)});
  for (std::uint64_t id = 1; id <= 6; ++id) narrow.offer(refused_connect(id));
  Analysis(narrow, judge_).finish();
  EXPECT_EQ(std::count(diary_.begin(), diary_.end(), "sink: gap of 2"), 1);
  EXPECT_THAT(told(), Contains("sink: exchange 4"));
  EXPECT_THAT(told(), Not(Contains("sink: exchange 5")));
}

}  // namespace
}  // namespace exotap
