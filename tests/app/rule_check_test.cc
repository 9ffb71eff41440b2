#include "app/rule_check.h"

#include <gmock/gmock.h>

#include "tests/app/rulebook.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

using RuleCheck = Rulebook;

constexpr const char* kOfOthers = "title: Of others\nlogsource:\n  category: proxy\ndetection:\n";

TEST_F(RuleCheck, ASoundFolderIsCounted) {
  put("teapot.yml", teapot_rule());
  const Spoken said = rules({"check", folder()});
  EXPECT_EQ(said.code, 0) << said.errors;
  EXPECT_THAT(said.out, testing::StrEq("1 file: 1 rule loads\n"));
}

TEST_F(RuleCheck, AMisspeltFactIsToldWithLineColumnAndTheNearestFact) {
  std::string text = teapot_rule();
  text.replace(text.find("url.path:"), 9, "url.pth: ");
  put("teapot.yml", text);
  const Spoken said = rules({"check", folder()});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.out, HasSubstr("/mine/teapot.yml:11:5: there is no fact 'url.pth' (did you mean "
                                  "'url.path'?)\n"));
  EXPECT_THAT(said.out, HasSubstr("1 file is broken\n"));
}

TEST_F(RuleCheck, ABrokenFileDoesNotHideTheOthers) {
  put("a.yml", "title: [\n");
  put("teapot.yml", teapot_rule());
  put("z.yml", "title: [\n");
  const Spoken said = rules({"check", folder()});
  EXPECT_THAT(said.out, AllOf(HasSubstr("a.yml:"), HasSubstr("z.yml:"),
                              HasSubstr("3 files: 1 rule loads"), HasSubstr("2 files are broken")));
}

TEST_F(RuleCheck, WhatCountsABrokenRuleIsBrokenToo) {
  put("one.yml", "title: [\n");
  put("often.yml",
      "title: Often\nname: often\nid: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4be0\nlevel: low\n"
      "owner: user\nexplain: A.\nremedy: B.\ntests: {fires: [a], silent: [b]}\n"
      "correlation:\n  type: event_count\n  rules: [one]\n  timespan: 5m\n  condition: {gte: 2}\n");
  EXPECT_THAT(rules({"check", folder()}).out,
              AllOf(HasSubstr("there is no rule 'one'"), HasSubstr("2 files are broken")));
}

TEST_F(RuleCheck, SaysWhichRulesCannotBeEvaluatedHereAndWhy) {
  put("windows.yml",
      "title: A\nlogsource:\n  product: windows\ndetection:\n  a: {b: c}\n"
      "  condition: a\n");
  put("cookie.yml", std::string(kOfOthers) + "  a:\n    cs-cookie: x\n  condition: a\n");
  put("own.yml", std::string(kOfOthers) + "  a:\n    x-forwarded-by: x\n  condition: a\n");
  put("old.yml", std::string(kOfOthers) + "  a:\n    cs-method: x\n  condition: a | count() > 5\n");
  put("ahead.yml", std::string(kOfOthers) + "  a:\n    cs-uri|re: 'a(?=b)'\n  condition: a\n");
  put("global.yml", "action: global\ntitle: A\n");
  put("compose.yml", "services: {}\n");
  const Spoken said = rules({"check", folder()});
  EXPECT_EQ(said.code, 0) << said.out;
  EXPECT_THAT(said.out, AllOf(HasSubstr("the log source 'windows' is none that exotap sees"),
                              HasSubstr("cs-cookie (never available here) is 'x'"),
                              HasSubstr("x-forwarded-by (never available here) is 'x'"),
                              HasSubstr("write a correlation"), HasSubstr("regular expression"),
                              HasSubstr("compose.yml:1:1: no rule")));
  EXPECT_THAT(
      said.out,
      EndsWith("7 files: 0 rules load; 6 cannot be evaluated here (1 of other log sources, 2 "
               "that ask for what no fact gives, 3 that use what exotap does not have); "
               "1 holds no rule\n"));
  EXPECT_THAT(rules({"check", folder(), "--quiet"}).out, Not(HasSubstr("cs-cookie")));
}

TEST_F(RuleCheck, ACopyOfABuiltInRuleIsToldWhatToDo) {
  put("mailbox-full.yml", teapot_rule("mailbox-full"));
  const Spoken said = rules({"check", folder()});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.out, HasSubstr("needs a name and an id of its own"));
  EXPECT_EQ(rules({"check", folder(), "--alone"}).code, 0);
}

TEST_F(RuleCheck, WhatIsNotThereCannotBeRead) {
  const Spoken said = rules({"check", (home() / "nowhere").string()});
  EXPECT_EQ(said.code, 4);
  EXPECT_THAT(said.errors, HasSubstr("there is no such file or folder"));
}

TEST_F(RuleCheck, CommunityRulesOfWebTrafficLoadUnchanged) {
  const auto theirs = std::filesystem::path(EXOTAP_SAMPLES).parent_path() / "sigma";
  if (!std::filesystem::exists(theirs)) {
    GTEST_SKIP() << "NOT TESTED: no community rules at " << theirs;
  }
  const Spoken said = rules({"check", theirs.string(), "--quiet"});
  EXPECT_EQ(said.code, 0) << said.out;
  EXPECT_THAT(said.out, AllOf(HasSubstr(" rules load"), Not(HasSubstr("broken"))));
}

TEST_F(RuleCheck, CrashesOnNothing) {
  put("a.yml", "- a\n- b\n");
  put("b.yml", "");
  put("c.yml", "a: &x 1\nb: *x\n");
  put("d.yml", "title: A\ndetection: 5\nlogsource: {product: exotap}\n");
  put("e.yml", "correlation: {}\ntitle: B\n");
  put("f.yml", std::string("\x01\x02", 2));
  put("g.yml", "filter: []\ntitle: C\nlogsource: {product: exotap}\n");
  const Spoken said = rules({"check", folder()});
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.out, HasSubstr("7 files are broken"));
}

}  // namespace
}  // namespace exotap
