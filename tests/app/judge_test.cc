#include "app/judge.h"

#include <gmock/gmock.h>

#include "decoders/connection.h"
#include "decoders/process.h"
#include "tests/app/judging.h"

namespace exotap {
namespace {

using testing::ElementsAre;

class JudgeTest : public testing::Test {
 protected:
  Diary diary_;
  WritingSink log_{"log", diary_};
  WritingSink console_{"console", diary_};
  Judge judge_{one_rule("refuses", "high"), {&log_, &console_}};
};

TEST_F(JudgeTest, TellsSinksInTheirOrderAndTheExchangeBeforeItsFinding) {
  judge_.take(*refused_connect(7));
  EXPECT_THAT(diary_, ElementsAre("log: exchange 7", "log: refuses in 7", "console: exchange 7",
                                  "console: refuses in 7"));
}

TEST_F(JudgeTest, TellsGapsAndFlushesToAll) {
  judge_.tell_gap({"analysis queue full", 3, 100});
  EXPECT_THAT(diary_, ElementsAre("log: gap of 3", "console: gap of 3",
                                  "log: not-everything-was-examined in 0",
                                  "console: not-everything-was-examined in 0"));
  EXPECT_EQ(judge_.worst(), Level::low);
  diary_.clear();
  judge_.tell_gap({"analysis queue full", 4, 100});
  judge_.flush();
  EXPECT_THAT(diary_,
              ElementsAre("log: gap of 4", "console: gap of 4", "log: flush", "console: flush"));
}

TEST_F(JudgeTest, TellsTheLastWordOfWhatCameAgain) {
  const auto first = refused_connect(1);
  auto second = refused_connect(2);
  second->host = first->host;
  judge_.take(*first);
  judge_.take(*second);
  diary_.clear();
  judge_.end();
  EXPECT_THAT(diary_, ElementsAre("log: refuses in 2", "console: refuses in 2", "log: flush",
                                  "console: flush"));
}

TEST_F(JudgeTest, WhatACorrelationForgetsIsAGap) {
  const std::string text =
      "title: Often\nname: often\nid: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4be0\nlevel: low\n"
      "owner: user\nexplain: A.\nremedy: B.\ntests: {fires: [a], silent: [b]}\n"
      "correlation:\n  type: event_count\n  rules: [refuses]\n  group-by: [url.domain]\n"
      "  timespan: 1d\n  condition: {gte: 2}\n---\n" +
      refusal_rule("refuses", "high");
  const std::array<RuleSource, 1> sources = {{{"often.yml", text}}};
  LoadedRules loaded = load_rules(sources, Vocabulary(all_facts()));
  ASSERT_TRUE(loaded.rules) << to_string(loaded.report.errors()[0]);
  Judge judge(std::move(loaded.rules), {&log_});
  for (std::uint64_t i = 1; i <= Correlation::kMaxGroups; ++i) judge.take(*refused_connect(i));
  diary_.clear();
  judge.flush();
  EXPECT_THAT(diary_, ElementsAre("log: flush"));
  judge.take(*refused_connect(9001));
  judge.take(*refused_connect(9002));
  diary_.clear();
  judge.flush();
  EXPECT_THAT(diary_, ElementsAre("log: gap of 2", "log: flush"));
}

TEST_F(JudgeTest, AFindingDoesNotComeAgainWithTheNextExchange) {
  judge_.take(*refused_connect(1));
  diary_.clear();
  Exchange healthy;
  healthy.id = 2;
  healthy.mail_related = true;
  judge_.take(healthy);
  EXPECT_THAT(diary_, ElementsAre("log: exchange 2", "console: exchange 2"));
}

TEST_F(JudgeTest, JudgesFactsThatAreKnownAlreadyAsTheyAre) {
  Facts facts;
  facts.add(fact::kErrorType, "tcp");
  facts.add(fact::kExotapMailRelated, true);
  Exchange bare;
  bare.id = 9;
  judge_.take_judged(bare, facts);
  EXPECT_THAT(diary_, testing::Contains("log: refuses in 9"));
}

class FactsSink : public WritingSink {
 public:
  using WritingSink::WritingSink;
  void exchange(const Exchange&, const Facts& facts) override {
    name = facts.text(fact::kProcessName);
    pid = facts.number(fact::kProcessPid).value_or(0);
  }
  std::string name;
  std::int64_t pid = 0;
};

TEST_F(JudgeTest, StatesWhatIsKnownBesideTheRecord) {
  FactsSink sink("sink", diary_);
  Judge judge(one_rule("refuses", "high"), {&sink});
  judge.also_state([](const Exchange& exchange, Facts& facts) {
    state_process({"curl", static_cast<std::int64_t>(exchange.id)}, facts);
  });
  judge.take(*refused_connect(7));
  EXPECT_EQ(sink.name, "curl");
  EXPECT_EQ(sink.pid, 7);
}

TEST_F(JudgeTest, TellsWhatFlowMadeOfAnExchange) {
  Judge judge(one_rule("refuses", "high"), {});
  std::int64_t attempt = 0;
  judge.also_tell([&](const Exchange&, const Facts& facts) {
    attempt = facts.number(fact::kFlowAttempt).value_or(0);
  });
  judge.take(*refused_connect(7));
  EXPECT_EQ(attempt, 1);
}

TEST_F(JudgeTest, RemembersTheWorst) {
  EXPECT_FALSE(judge_.found_any());
  EXPECT_EQ(judge_.worst(), Level::informational);
  judge_.take(*refused_connect(1));
  EXPECT_TRUE(judge_.found_any());
  EXPECT_EQ(judge_.worst(), Level::high);
  judge_.replace_rules(one_rule("minor", "low", 2));
  judge_.take(*refused_connect(2));
  EXPECT_THAT(diary_, testing::Contains("log: minor in 2"));
  EXPECT_EQ(judge_.worst(), Level::high);
}

TEST_F(JudgeTest, OtherRulesTellWhatTheyFindAndWhatWasToldStaysTold) {
  const auto waiting = refused_connect(1);
  judge_.take(*waiting);
  diary_.clear();
  judge_.replace_rules(one_rule("refuses", "high"));
  judge_.take(*waiting);
  EXPECT_THAT(diary_, ElementsAre("log: exchange 1", "console: exchange 1"));
  diary_.clear();
  judge_.replace_rules(one_rule("other", "low", 2));
  judge_.take(*waiting);
  EXPECT_THAT(diary_, ElementsAre("log: exchange 1", "log: other in 1", "console: exchange 1",
                                  "console: other in 1"));
}

}  // namespace
}  // namespace exotap
