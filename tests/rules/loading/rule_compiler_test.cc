#include "rules/loading/rule_compiler.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kDetection = "detection: {s: {url.port: 443}, condition: s}\n";

std::vector<std::string> errors_of_rule(std::string_view rest) {
  return errors_of("rule.yml", our_rule("rule", std::string(kDetection) + std::string(rest)));
}

TEST(RuleCompiler, ChecksTheFactsThatTextsAndKeysName) {
  EXPECT_THAT(errors_of_rule(""), IsEmpty());
  EXPECT_THAT(errors_of_rule("about: url.hots\n"),
              ElementsAre(HasSubstr("about: there is no fact 'url.hots'")));
  EXPECT_THAT(errors_of_rule("once_per: [url.domian]\n"),
              ElementsAre(HasSubstr("once_per: there is no fact 'url.domian' (did you mean")));
  EXPECT_THAT(errors_of_rule("fields: [url.domian]\n"), ElementsAre(HasSubstr("fields:")));
}

TEST(RuleCompiler, ChecksPlaceholdersAndSaysInWhichText) {
  std::string text = our_rule("rule", kDetection);
  text.replace(text.find("Mend it."), 8, "Mend {url.pth}.");
  EXPECT_THAT(
      errors_of("rule.yml", text),
      ElementsAre("rule.yml:8:9: remedy: there is no fact for the placeholder {url.pth} (did "
                  "you mean 'url.path'?)"));
}

TEST(RuleCompiler, OnlyACorrelationKnowsItsCount) {
  std::string text = our_rule("rule", kDetection);
  text.replace(text.find("Mend it."), 8, "So {correlation.count}.");
  EXPECT_THAT(errors_of("rule.yml", text), ElementsAre(HasSubstr("{correlation.count}")));
}

TEST(RuleCompiler, WarnsOfAFactTheRulesGateHidesFromIt) {
  const std::string text = our_rule("rule",
                                    "detection: {s: {exotap.client_aborted: true}, "
                                    "condition: s}\n");
  RulesUnderTest gated(text);
  ASSERT_EQ(gated.report().warnings().size(), 1U);
  EXPECT_THAT(gated.report().warnings()[0].what, HasSubstr("only_if_related: false"));
  RulesUnderTest open(text + "only_if_related: false\n");
  EXPECT_TRUE(open.report().warnings().empty());
}

TEST(RuleCompiler, ARuleOfOthersExplainsItselfByItsDescription) {
  RulesUnderTest rules(
      "title: Odd {thing}\nlogsource: {category: proxy}\nlevel: low\n"
      "description: A {braced} description.\nfields: [c-uri, nonexistent]\n"
      "detection: {s: {cs-method: POST, c-uri|endswith: /x}, condition: s}\n");
  Facts facts;
  facts.add(kDomain, "a.example");
  facts.add(kMethod, "POST");
  facts.add(kPath, "/x");
  const auto findings = rules.judge(facts);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].title, "Odd {thing}");
  EXPECT_EQ(findings[0].explain, "A {braced} description.");
  EXPECT_EQ(findings[0].remedy, "");
  EXPECT_EQ(findings[0].level, Level::low);
}

}  // namespace
}  // namespace exotap
