#include "app/control_runs.h"

#include <gmock/gmock.h>

#include "app/judge.h"
#include "decoders/control.h"
#include "tests/app/judging.h"

namespace exotap {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

const ControlRuns::Clock::time_point kNow{std::chrono::hours(1)};

class ControlRunsTest : public testing::Test {
 protected:
  static bool is_question(const Exchange& e) { return e.fault.stage <= Stage::tls; }
  bool hold(std::uint64_t id, const std::string& host, ControlRuns::Clock::time_point now = kNow) {
    const auto exchange = refused_connect(id);
    exchange->host = host;
    facts_.clear();
    return runs_.hold(*exchange, facts_, now);
  }
  // The control about that exchange fails as it did.
  static Exchange control(std::uint64_t about) {
    Exchange made = *refused_connect(1000 + about);
    made.probe.emplace();
    made.probe->kind = ProbeKind::control;
    made.probe->about = about;
    return made;
  }
  static std::vector<std::uint64_t> ids(const std::vector<ControlRuns::Failure>& failures) {
    std::vector<std::uint64_t> all;
    for (const auto& failure : failures) all.push_back(failure.exchange->id);
    return all;
  }
  [[nodiscard]] std::string outcome() const {
    return std::string(facts_.text(fact::kExotapControlOutcome));
  }

  std::vector<std::uint64_t> asked_, announced_;
  std::size_t budget_ = 1000;
  ControlRuns runs_{is_question,
                    [this](const Exchange& e) {
                      if (asked_.size() >= budget_) return false;
                      asked_.push_back(e.id);
                      return true;
                    },
                    [this](const Exchange& e) { announced_.push_back(e.id); }};
  Facts facts_;
};

TEST_F(ControlRunsTest, AFailureWaitsForItsControl) {
  EXPECT_TRUE(hold(1, "mail.contoso.com"));
  EXPECT_THAT(announced_, ElementsAre(1));
  const auto released = runs_.answered(control(1), kNow);
  ASSERT_THAT(ids(released), ElementsAre(1));
  EXPECT_EQ(released.front().facts.text(fact::kExotapControlOutcome), "same_failure");
  EXPECT_THAT(ids(runs_.answered(control(1), kNow)), IsEmpty()) << "once";
}

TEST_F(ControlRunsTest, WhatIsNoQuestionGoesOnAtOnce) {
  const auto later = refused_connect(1);
  later->fault.stage = Stage::answer;
  EXPECT_FALSE(runs_.hold(*later, facts_, kNow));
  EXPECT_TRUE(facts_.empty());
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(ControlRunsTest, FailuresAlikeShareOneControlAndKeepTheirOrder) {
  for (std::uint64_t id = 1; id <= 3; ++id) EXPECT_TRUE(hold(id, "mail.contoso.com"));
  EXPECT_TRUE(hold(4, "sts.contoso.com"));
  EXPECT_THAT(asked_, ElementsAre(1, 4));
  EXPECT_THAT(ids(runs_.answered(control(1), kNow)), ElementsAre(1, 2, 3));
  EXPECT_FALSE(hold(5, "mail.contoso.com", kNow + seconds(30))) << "it is known";
  EXPECT_EQ(outcome(), "same_failure");
  EXPECT_TRUE(hold(6, "mail.contoso.com", kNow + ControlRuns::kKnown)) << "it may have changed";
  EXPECT_THAT(asked_, ElementsAre(1, 4, 6));
}

TEST_F(ControlRunsTest, WithoutABudgetItSaysThatItWasNotRun) {
  budget_ = 1;
  EXPECT_TRUE(hold(1, "mail.contoso.com"));
  EXPECT_FALSE(hold(2, "sts.contoso.com"));
  EXPECT_EQ(outcome(), "not_run");
  EXPECT_THAT(announced_, ElementsAre(1));
}

TEST_F(ControlRunsTest, HoldsOnlySoMany) {
  for (std::uint64_t id = 1; id <= ControlRuns::kMaxHeld; ++id) {
    EXPECT_TRUE(hold(id, "mail.contoso.com"));
  }
  EXPECT_FALSE(hold(999, "mail.contoso.com"));
  EXPECT_EQ(outcome(), "not_run");
  EXPECT_EQ(runs_.answered(control(1), kNow).size(), ControlRuns::kMaxHeld);
  EXPECT_TRUE(hold(1000, "sts.contoso.com")) << "there is room again";
}

TEST_F(ControlRunsTest, NobodyWaitsForever) {
  EXPECT_TRUE(hold(1, "mail.contoso.com"));
  EXPECT_THAT(ids(runs_.overdue(kNow + seconds(29))), IsEmpty());
  const auto released = runs_.overdue(kNow + ControlRuns::kPatience);
  ASSERT_THAT(ids(released), ElementsAre(1));
  EXPECT_EQ(released.front().facts.text(fact::kExotapControlOutcome), "not_run");
  EXPECT_THAT(ids(runs_.answered(control(1), kNow + seconds(31))), IsEmpty()) << "too late";
}

TEST_F(ControlRunsTest, AtTheEndAllIsReleased) {
  EXPECT_TRUE(hold(1, "mail.contoso.com"));
  EXPECT_TRUE(hold(2, "sts.contoso.com"));
  EXPECT_THAT(ids(runs_.overdue(kNow, true)), ElementsAre(1, 2));
  EXPECT_THAT(ids(runs_.overdue(kNow, true)), IsEmpty());
}

TEST_F(ControlRunsTest, RemembersOnlySoManyRuns) {
  for (std::uint64_t id = 1; id <= 2 * ControlRuns::kMaxRuns; ++id) {
    EXPECT_TRUE(hold(id, "h" + std::to_string(id)));
    EXPECT_EQ(runs_.answered(control(id), kNow).size(), 1U);
  }
  EXPECT_TRUE(hold(500, "h1")) << "forgotten";
  EXPECT_FALSE(hold(501, "h" + std::to_string(2 * ControlRuns::kMaxRuns)));
}

// With the Judge: judged once, when the control has come, and its own record told to nobody.
TEST_F(ControlRunsTest, TheJudgeTellsAFailureWithItsControl) {
  Diary diary;
  WritingSink sink("log", diary);
  Judge judge(one_rule("refuses", "high"), {&sink});
  judge.wait_for(runs_);
  std::string verdict;
  judge.also_tell([&](const Exchange&, const Facts& facts) {
    verdict = facts.text(fact::kExotapControlVerdict);
  });
  judge.take(*refused_connect(7));
  EXPECT_THAT(diary, IsEmpty());
  judge.take(control(7));
  EXPECT_THAT(diary, ElementsAre("log: exchange 7", "log: refuses in 7"));
  EXPECT_EQ(verdict, "independent");
}

TEST_F(ControlRunsTest, TheJudgeEndsWithNothingUntold) {
  Diary diary;
  WritingSink sink("log", diary);
  Judge judge(one_rule("refuses", "high"), {&sink});
  judge.wait_for(runs_);
  judge.take(*refused_connect(7));
  judge.end();
  EXPECT_THAT(diary, ElementsAre("log: exchange 7", "log: refuses in 7", "log: flush"));
}

}  // namespace
}  // namespace exotap
