#include "app/demo_verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

WallTime at(int seconds) { return WallTime(std::chrono::seconds(1795338867 + seconds)); }

lab::Story story(std::string title, std::string host, std::vector<std::string> expect,
                 std::vector<std::string> may = {}) {
  lab::Story result;
  result.title = std::move(title);
  for (auto name : {host, std::string("login.microsoftonline.com")}) {
    lab::VirtualHost virtual_host;
    virtual_host.host = name;
    result.hosts.push_back(virtual_host);
  }
  result.expect = std::move(expect);
  result.may = std::move(may);
  return result;
}

class DemoVerdict : public testing::Test {
 protected:
  std::vector<Verdict> judge(const std::vector<LoggedFinding>& findings) {
    return judge_stories({{&healthy_, at(0)}, {&blocked_, at(10)}}, findings);
  }
  lab::Story healthy_ = story("Healthy", "sts.contoso.com", {});
  lab::Story blocked_ =
      story("Blocked", "sts.fabrikam.com", {"port-443-blocked-here"}, {"still-waiting"});
};

TEST_F(DemoVerdict, SilenceAndTheExpectedFindingAreRight) {
  const auto verdicts = judge({{at(12), "port-443-blocked-here", "sts.fabrikam.com", ""}});
  EXPECT_TRUE(verdicts[0].as_expected());
  EXPECT_TRUE(verdicts[1].as_expected());
  EXPECT_THAT(verdicts[1].found, ElementsAre("port-443-blocked-here"));
}

TEST_F(DemoVerdict, AFindingInAHealthyStoryIsWrong) {
  const auto verdicts = judge({{at(1), "certificate-expired", "sts.contoso.com", ""}});
  EXPECT_THAT(verdicts[0].unexpected, ElementsAre("certificate-expired"));
  EXPECT_THAT(verdicts[1].missing, ElementsAre("port-443-blocked-here"));
}

TEST_F(DemoVerdict, AnAllowedFindingIsNoExpectedOne) {
  const auto verdicts = judge({{at(12), "still-waiting", "sts.fabrikam.com", ""}});
  EXPECT_THAT(verdicts[1].unexpected, IsEmpty());
  EXPECT_FALSE(verdicts[1].as_expected());
}

TEST_F(DemoVerdict, AStorysOwnHostDecidesEvenWhenTheFindingComesLate) {
  const auto verdicts = judge({{at(11), "late", "sts.contoso.com", ""}});
  EXPECT_THAT(verdicts[0].found, ElementsAre("late"));
}

TEST_F(DemoVerdict, TimeDecidesForHostsThatStoriesShareAndForStrangers) {
  const auto verdicts = judge({{at(1), "one", "login.microsoftonline.com", ""},
                               {at(15), "two", "login.microsoftonline.com", ""},
                               {at(16), "three", "www.unknown.example", ""}});
  EXPECT_THAT(verdicts[0].found, ElementsAre("one"));
  EXPECT_THAT(verdicts[1].found, ElementsAre("two", "three"));
}

TEST_F(DemoVerdict, WhatAnEarlierRunLeftInTheFolderIsNobodys) {
  EXPECT_THAT(judge({{at(-5), "old", "sts.contoso.com", ""}})[0].found, IsEmpty());
}

TEST_F(DemoVerdict, TheTableSaysWhatDiffers) {
  const auto verdicts = judge({{at(12), "certificate-expired", "sts.fabrikam.com", ""}});
  const std::string table = table_of(verdicts, true);
  EXPECT_THAT(table, HasSubstr("✔ Healthy  nothing said, as it should be"));
  EXPECT_THAT(table, HasSubstr("✘ Blocked  certificate-expired"));
  EXPECT_THAT(table, HasSubstr("not found: port-443-blocked-here"));
  EXPECT_THAT(table, HasSubstr("not expected: certificate-expired"));
  EXPECT_THAT(table_of(verdicts, false), HasSubstr("NO Blocked"));
}

TEST(LoggedFindings, AreReadAmongOtherLinesAndTornOnes) {
  const std::string time = R"({"@timestamp":"2026-11-22T09:14:28.500000Z","event.dataset":)";
  std::istringstream log(time + R"("exotap.exchange","rule.name":"x"})" + "\n" + time +
                         R"("exotap.finding","rule.name":"certificate-expired",)"
                         R"("url.domain":"sts.contoso.com","message":"M"})" +
                         "\nno json \"exotap.finding\"\n" + time + R"("exotap.finding","rule.na)");
  const auto findings = read_findings(log);
  ASSERT_EQ(findings.size(), 1U) << "what is told again is told already";
  EXPECT_EQ(findings[0].rule, "certificate-expired");
  EXPECT_EQ(findings[0].host, "sts.contoso.com");
  EXPECT_EQ(findings[0].message, "M");
  EXPECT_EQ(findings[0].when, at(1) + std::chrono::milliseconds(500));
}

}  // namespace
}  // namespace exotap
