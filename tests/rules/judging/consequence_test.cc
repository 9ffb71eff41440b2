#include "rules/judging/consequence.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

// Names the consequence's ends by plain rules, so that the marks show what matched.
constexpr std::string_view kRules =
    "detection: {s: {error.type|exists: true}, condition: s}\nonce_per: [error.code]\n";

std::string two_rules_and(std::string_view consequence) {
  return our_rule("dead", "detection: {s: {error.type: tcp}, condition: s}\n") + "---\n" +
         our_rule("no-token", "detection: {s: {http.response.status_code: 401}, condition: s}\n") +
         "---\ntitle: Who reaches no server gets no token\nconsequence:\n" +
         std::string(consequence);
}

Facts failed(std::string_view host, int attempt = 1) {
  Facts facts = exchange_with(host);
  facts.add(kErrorType, "tcp");
  facts.add(kAttempt, attempt);
  return facts;
}

Facts asked(std::string_view host, int attempt = 1) {
  Facts facts = exchange_with(host);
  facts.add(kStatus, 401);
  facts.add(kAttempt, attempt);
  return facts;
}

std::uint64_t because(RulesUnderTest& rules, const Facts& cause, const Facts& symptom) {
  EXPECT_THAT(rules.judge(cause), SizeIs(1));
  const auto findings = rules.judge(symptom);
  EXPECT_THAT(findings, SizeIs(1));
  return findings.empty() ? 0 : findings[0].because_of;
}

TEST(Consequence, JoinsByRulesInTheSameAttempt) {
  constexpr std::string_view kByRules = "  cause: {rules: dead}\n  symptom: {rules: [no-token]}\n";
  RulesUnderTest rules(two_rules_and(kByRules), "dead.yml");
  EXPECT_EQ(because(rules, failed("sts"), asked("mail")), 1U);
  RulesUnderTest others(two_rules_and(kByRules), "dead.yml");
  EXPECT_EQ(because(others, failed("sts", 1), asked("mail", 2)), 0U);
}

TEST(Consequence, JoinsByFacts) {
  constexpr std::string_view kByFacts =
      "  cause:\n    fails: {error.type: tcp, url.domain|startswith: sts.}\n    condition: fails\n"
      "  symptom:\n    asks: {http.response.status_code: 401}\n    condition: asks\n";
  RulesUnderTest rules(two_rules_and(kByFacts), "dead.yml");
  EXPECT_EQ(because(rules, failed("sts.contoso.com"), asked("mail")), 1U);
  RulesUnderTest others(two_rules_and(kByFacts), "dead.yml");
  EXPECT_EQ(because(others, failed("www.contoso.com"), asked("mail")), 0U);
}

TEST(Consequence, JoinsWhatHasTheSameFacts) {
  constexpr std::string_view kSameHost =
      "  cause: {rules: dead}\n  symptom: {rules: no-token}\n  same: [url.domain]\n";
  RulesUnderTest rules(two_rules_and(kSameHost), "dead.yml");
  EXPECT_EQ(because(rules, failed("sts", 1), asked("sts", 2)), 1U);
  RulesUnderTest others(two_rules_and(kSameHost), "dead.yml");
  EXPECT_EQ(because(others, failed("sts"), asked("mail")), 0U);
}

TEST(Consequence, JoinsOneFactOfTheCauseWithAnotherOfTheSymptom) {
  constexpr std::string_view kLeadsThere =
      "  cause: {rules: dead}\n  symptom: {rules: no-token}\n  same: {error.code: url.domain}\n";
  Facts leads = failed("sts");
  leads.add(kErrorCode, "mail");
  RulesUnderTest rules(two_rules_and(kLeadsThere), "dead.yml");
  EXPECT_EQ(because(rules, leads, asked("mail")), 1U);
  RulesUnderTest others(two_rules_and(kLeadsThere), "dead.yml");
  EXPECT_EQ(because(others, leads, asked("sts")), 0U);
}

TEST(Consequence, KnowsWhoseANameIs) {
  EXPECT_EQ(organisation_in("sts.contoso.com"), "contoso.com");
  EXPECT_EQ(organisation_in("anna@contoso.com"), "contoso.com");
  EXPECT_EQ(organisation_in("anna@mail.contoso.co.uk"), "contoso.co.uk");
  EXPECT_EQ(organisation_in("co.uk"), "co.uk");
  EXPECT_EQ(organisation_in("localhost"), "localhost");
  EXPECT_EQ(organisation_in(""), "");
  EXPECT_EQ(organisation_in(".."), ".");
}

TEST(Consequence, WhatIsNotKnownIsNotAlike) {
  RulesUnderTest rules(
      two_rules_and("  cause: {rules: dead}\n  symptom: {rules: no-token}\n  same: [url.path]\n"),
      "dead.yml");
  EXPECT_EQ(because(rules, failed("sts"), asked("mail")), 0U);
}

TEST(Consequence, MayHoldAnywhere) {
  RulesUnderTest rules(
      two_rules_and("  cause: {rules: dead}\n  symptom: {rules: no-token}\n  same: []\n"),
      "dead.yml");
  EXPECT_EQ(because(rules, failed("sts", 1), asked("mail", 2)), 1U);
}

TEST(Consequence, MarksNothingWhereNoEndMatches) {
  RulesUnderTest rules(our_rule("alone", kRules), "alone.yml");
  const auto findings = rules.judge(failed("sts"));
  ASSERT_THAT(findings, SizeIs(1));
  FactIndex index;
  EXPECT_THAT(marks_of(rules.rules().consequences(), 0, index, failed("sts")), IsEmpty());
}

}  // namespace
}  // namespace exotap
