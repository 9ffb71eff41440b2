#include "rules/judging/rule_set.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

constexpr std::string_view kDetection = "detection: {s: {url.port: 443}, condition: s}\n";

TEST(RuleSet, FindsARuleByNameOrId) {
  RulesUnderTest rules(our_rule("rule", kDetection));
  const Rule* rule = rules.rules().find("rule");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rules.rules().find(rule->id), rule);
  EXPECT_EQ(rules.rules().find("other"), nullptr);
}

TEST(RuleSet, KeepsRulesForMailTrafficApart) {
  RulesUnderTest gated(our_rule("rule", kDetection));
  EXPECT_TRUE(gated.rules().is_for_related_only(0));
  RulesUnderTest open(our_rule("rule", std::string(kDetection) + "only_if_related: false\n"));
  EXPECT_FALSE(open.rules().is_for_related_only(0));
}

TEST(RuleSet, NumbersDetectionsAndNoCorrelations) {
  const std::string counted = our_rule("counted", kDetection);
  const std::string counting =
      our_rule("counting",
               "correlation: {type: event_count, rules: [counted], timespan: 1m, "
               "group-by: [url.domain], condition: {gte: 2}}\n");
  RulesUnderTest rules(counted + "---\n" + counting.substr(0, counting.find("logsource")) +
                           counting.substr(counting.find("explain")),
                       "counted.yml");
  ASSERT_EQ(rules.rules().size(), 2U);
  EXPECT_EQ(rules.rules().index().size(), 1U);
  EXPECT_EQ(rules.rules().rule(rules.rules().rule_of(0)).name, "counted");
}

}  // namespace
}  // namespace exotap
