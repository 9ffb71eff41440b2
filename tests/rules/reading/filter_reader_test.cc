#include "rules/reading/filter_reader.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kDetection = "detection: {s: {error.type: tcp}, condition: s}\n";

std::string filter(std::string_view rules, std::string_view rest) {
  return "---\ntitle: Not the test lab\nlogsource: {product: exotap}\nfilter:\n  rules: " +
         std::string(rules) + "\n" + std::string(rest);
}

constexpr std::string_view kNotTheLab =
    "  lab: {url.domain|endswith: .lab.example}\n  condition: not lab\n";

Facts failed(std::string_view host) {
  Facts facts = exchange_with(host);
  facts.add(kErrorType, "tcp");
  return facts;
}

TEST(Filter, KeepsAnExceptionOutOfTheRulesItNames) {
  RulesUnderTest rules(our_rule("rule", kDetection) + filter("[rule]", kNotTheLab));
  EXPECT_TRUE(rules.fires(failed("sts.contoso.com")));
  EXPECT_FALSE(rules.fires(failed("sts.lab.example")));
}

TEST(Filter, MayBeForAnyRule) {
  RulesUnderTest rules(our_rule("rule", kDetection) + filter("any", kNotTheLab));
  EXPECT_TRUE(rules.fires(failed("sts.contoso.com")));
  EXPECT_FALSE(rules.fires(failed("sts.lab.example")));
}

TEST(Filter, LeavesOtherRulesAlone) {
  RulesUnderTest rules(our_rule("rule", kDetection) + "---\n" + our_rule("other", kDetection) +
                       filter("[other]", kNotTheLab));
  const auto findings = rules.judge(failed("sts.lab.example"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].rule_name, "rule");
}

std::vector<std::string> errors_of_filter(std::string_view rules, std::string_view rest) {
  return errors_of("rule.yml", our_rule("rule", kDetection) + filter(rules, rest));
}

TEST(Filter, SaysWhatIsWrong) {
  EXPECT_THAT(errors_of_filter("[rule]", kNotTheLab), IsEmpty());
  EXPECT_THAT(errors_of_filter("[ruel]", kNotTheLab),
              ElementsAre(HasSubstr("filter: there is no rule 'ruel' (did you mean 'rule'?)")));
  EXPECT_THAT(errors_of_filter("[]", kNotTheLab), ElementsAre(HasSubstr("rules lists")));
  EXPECT_THAT(errors_of_filter("[rule]", "  lab: {url.hots: a}\n  condition: not lab\n"),
              ElementsAre(HasSubstr("url.hots")));
  EXPECT_THAT(errors_of_filter("[rule]", "  lab: {url.port: 1}\n"),
              ElementsAre(HasSubstr("no condition")));
}

TEST(Filter, IsOfTheLogSourceOfItsRules) {
  const std::string theirs =
      "title: T\nname: rule\nlogsource: {category: proxy}\n"
      "detection: {s: {cs-host: a}, condition: s}\n";
  EXPECT_THAT(errors_of("rule.yml", theirs + filter("[rule]", kNotTheLab)),
              ElementsAre(HasSubstr("of another log source")));
}

}  // namespace
}  // namespace exotap
