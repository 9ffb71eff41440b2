#include "rules/judging/own_questions.h"

#include <gmock/gmock.h>

#include <array>

namespace exotap {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr FactSpec kProbe{"exotap.probe", FactType::text, ""};
constexpr FactSpec kOutcome{"exotap.control.outcome", FactType::text, ""};
constexpr FactSpec kVerdict{"exotap.control.verdict", FactType::text, ""};
constexpr FactSpec kDetail{"exotap.control.detail", FactType::text, ""};
constexpr FactSpec kStage{"exotap.fault.stage", FactType::text, ""};
constexpr std::array<const FactSpec*, 5> kAll = {&kProbe, &kOutcome, &kVerdict, &kDetail, &kStage};

Finding finding() {
  Finding made;
  made.exchange_id = 7;
  made.host = "mail.contoso.com";
  made.explain = "It refused.";
  made.remedy = "Ask whoever runs it.";
  return made;
}

Finding with(const Facts& facts, Finding of = finding()) {
  OwnQuestions(Vocabulary(kAll)).add_to(of, facts);
  return of;
}

Facts control(const char* outcome, const char* verdict) {
  Facts facts;
  facts.add(kOutcome, outcome);
  facts.add_if(kVerdict, verdict);
  facts.add(kDetail, "So it went.");
  return facts;
}

std::string evidence(const Finding& of, std::string_view field) {
  for (const Evidence& e : of.evidence) {
    if (e.field == field && e.exchange_id == 7) return e.value;
  }
  return {};
}

TEST(OwnQuestions, WithoutAnyTheFindingStaysAsItIs) {
  const Finding told = with({});
  EXPECT_EQ(told.explain, "It refused.");
  EXPECT_EQ(told.remedy, "Ask whoever runs it.");
  EXPECT_TRUE(told.evidence.empty());
}

TEST(OwnQuestions, SpeakTheLanguageOfTheRules) {
  const auto told = [](const Facts& facts) {
    Finding of = finding();
    OwnQuestions(Vocabulary(kAll), *wording_in("de")).add_to(of, facts);
    return of;
  };
  EXPECT_THAT(told(control("same_failure", "independent")).explain,
              HasSubstr("unabhängig von exotap"));
  EXPECT_THAT(told(control("other_failure", "independent")).explain,
              HasSubstr("auf andere Weise: So it went."));
  const Finding ours = told(control("works", "caused_by_interception"));
  EXPECT_THAT(ours.explain, HasSubstr("Mitlesen durch exotap"));
  EXPECT_THAT(ours.remedy, HasSubstr("Bei mail.contoso.com ist nichts zu reparieren."));
  EXPECT_THAT(told(control("works", "passed")).explain,
              HasSubstr("Ein neuer Versuch ist gelungen"));
}

TEST(OwnQuestions, SaysThatAFailureIsIndependent) {
  const Finding same = with(control("same_failure", "independent"));
  EXPECT_THAT(same.explain, HasSubstr("independent of exotap"));
  EXPECT_THAT(same.explain, HasSubstr("in the same way"));
  EXPECT_FALSE(same.caused_by_exotap);
  EXPECT_EQ(evidence(same, "exotap.control.outcome"), "same_failure");
  EXPECT_EQ(evidence(same, "exotap.control.verdict"), "independent");
  EXPECT_THAT(with(control("other_failure", "independent")).explain,
              HasSubstr("in another way: So it went."));
}

TEST(OwnQuestions, TakesTheBlameWhereInterceptionIsTheCause) {
  Facts facts = control("works", "caused_by_interception");
  facts.add(kStage, "tls");
  const Finding told = with(facts);
  EXPECT_TRUE(told.caused_by_exotap);
  EXPECT_THAT(told.explain, HasSubstr("caused by interception. So it went."));
  EXPECT_THAT(told.remedy, HasSubstr("--tunnel"));
  EXPECT_THAT(told.remedy, Not(HasSubstr("Ask whoever runs it."))) << "it is sound";
  EXPECT_EQ(told.owner, Owner::user);
  const Finding before = with(control("works", "caused_by_interception"));
  EXPECT_THAT(before.remedy, HasSubstr("--connect-timeout"));
}

TEST(OwnQuestions, BlamesNobodyForWhatHasPassed) {
  const Finding told = with(control("works", "passed"));
  EXPECT_FALSE(told.caused_by_exotap);
  EXPECT_THAT(told.explain, HasSubstr("it has passed: So it went."));
}

TEST(OwnQuestions, AControlThatWasNotRunIsEvidenceAndNoVerdict) {
  const Finding told = with(control("not_run", ""));
  EXPECT_EQ(told.explain, "It refused.");
  EXPECT_EQ(evidence(told, "exotap.control.outcome"), "not_run");
  EXPECT_EQ(evidence(told, "exotap.control.verdict"), "");
}

TEST(OwnQuestions, WhatIsExotapsByItsRuleStaysSo) {
  Finding ours = finding();
  ours.caused_by_exotap = true;
  EXPECT_EQ(with(control("same_failure", "independent"), ours).explain, "It refused.");
}

TEST(OwnQuestions, SaysWhoAskedForACertificate) {
  Facts facts;
  facts.add(kProbe, "certificate");
  const Finding told = with(facts);
  EXPECT_THAT(told.explain, HasSubstr("exotap asked the server itself"));
  EXPECT_EQ(evidence(told, "exotap.probe"), "certificate");
}

TEST(OwnQuestions, EvidenceStaysBoundedAndStillHasIt) {
  Finding full = finding();
  full.evidence.resize(kMaxEvidence);
  const Finding told = with(control("same_failure", "independent"), full);
  EXPECT_EQ(told.evidence.size(), kMaxEvidence);
  EXPECT_EQ(evidence(told, "exotap.control.outcome"), "same_failure");
  EXPECT_EQ(evidence(told, "exotap.control.verdict"), "independent");
}

}  // namespace
}  // namespace exotap
