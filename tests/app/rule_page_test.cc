#include "app/rule_page.h"

#include <gmock/gmock.h>

#include "tests/app/rulebook.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::unique_ptr<const RuleSet> loaded(const std::string& text) {
  const std::array<RuleSource, 1> sources = {{{"mine/teapot.yml", text}}};
  LoadedRules loaded = load_rules(sources, Vocabulary(all_facts()));
  for (const LoadMessage& message : loaded.report.errors()) ADD_FAILURE() << to_string(message);
  return std::move(loaded.rules);
}

TEST(RulePage, SaysEverythingInWords) {
  const auto rules = loaded(teapot_rule() +
                            "falsepositives:\n  - a real teapot\nreferences: [https://a.example/]\n"
                            "description: |\n  One line\n  and its end.\nstatus: test\n");
  ASSERT_TRUE(rules);
  const std::string page = rule_page(*rules, 0);
  for (const char* part :
       {"teapot\n  {url.domain} is a teapot\n", "level        low\n", "owner        user\n",
        "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", "status       test\n", "mine/teapot.yml:1",
        "  all of:\n    http.response.status_code is 418\n    url.path is '/page'\n",
        "It brews tea.", "Ask it for tea.", "One line and its end.", "a real teapot",
        "https://a.example/", "fires in      brews\n", "is silent in  serves\n"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
  EXPECT_THAT(page, Not(HasSubstr("detection:")));
}

TEST(RulePage, NamesTheFiltersThatTouchARule) {
  const auto rules = loaded(teapot_rule() +
                            "---\ntitle: Tea is wanted\nlogsource: {product: exotap}\nfilter:\n"
                            "  rules: [teapot]\n  host:\n    url.domain: tea.example\n"
                            "  condition: not host\n");
  ASSERT_TRUE(rules);
  EXPECT_THAT(
      rule_page(*rules, 0),
      HasSubstr("and, by the filter 'Tea is wanted':\n    not: url.domain is 'tea.example'"));
}

TEST(RulePage, ACorrelationIsToldWithTheRulesItCounts) {
  const auto rules = loaded(
      "title: Often\nname: teapot\nid: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4be0\nlevel: low\n"
      "owner: user\nexplain: A.\nremedy: B.\ntests: {fires: [a], silent: [b]}\n"
      "correlation:\n  type: event_count\n  rules: [one]\n  timespan: 5m\n"
      "  condition: {gte: 2}\n---\n" +
      teapot_rule("one"));
  ASSERT_TRUE(rules);
  EXPECT_THAT(rule_page(*rules, 0),
              AllOf(HasSubstr("2 or more matches of one, within 5 minutes"),
                    HasSubstr("where one is\n  all of:\n    http.response.status_code is 418")));
  EXPECT_THAT(rule_page(*rules, 1), HasSubstr("counted by   teapot"));
  EXPECT_THAT(rule_list(*rules), HasSubstr("[only counted by another rule]"));
}

TEST(RulePage, TheListHasAlignedColumns) {
  const auto rules = loaded(teapot_rule());
  EXPECT_EQ(rule_list(*rules), "teapot  low            user       {url.domain} is a teapot\n");
}

TEST(RulePage, APartOfANameIsGuessedToo) {
  const auto rules = loaded(teapot_rule());
  EXPECT_EQ(rule_suggestion(*rules, "tea"), " (did you mean 'teapot'?)");
  EXPECT_EQ(rule_suggestion(*rules, "coffee-machine"), "");
  EXPECT_EQ(find_rule(*rules, "teapot"), 0U);
  EXPECT_EQ(find_rule(*rules, "tea"), std::nullopt);
}

}  // namespace
}  // namespace exotap
