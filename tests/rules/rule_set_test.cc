#include "rules/rule_set.h"

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
  EXPECT_EQ(gated.rules().candidates_of_related().size(), 1U);
  EXPECT_EQ(gated.rules().candidates_of_all().size(), 0U);
  RulesUnderTest open(our_rule("rule", std::string(kDetection) + "only_if_related: false\n"));
  EXPECT_EQ(open.rules().candidates_of_related().size(), 0U);
  EXPECT_EQ(open.rules().candidates_of_all().size(), 1U);
}

TEST(RuleSet, ACandidatesMaskHoldsTheFactsItNeeds) {
  RulesUnderTest rules(
      our_rule("rule", "detection: {s: {url.port: 443, error.code: X}, condition: s}\n"));
  EXPECT_EQ(rules.rules().candidates_of_related()[0].mask,
            Facts::bit_of(kPort) | Facts::bit_of(kErrorCode));
}

TEST(RuleSet, AComposedFactIsInNoMask) {
  RulesUnderTest rules(
      "title: a\nlogsource: {category: proxy}\n"
      "detection: {s: {c-uri-extension: exe}, condition: s}\n");
  EXPECT_EQ(rules.rules().candidates_of_all()[0].mask, 0U);
}

}  // namespace
}  // namespace exotap
