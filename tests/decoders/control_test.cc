#include "decoders/control.h"

#include <gtest/gtest.h>

#include "decoders/decoder.h"
#include "decoders/facts_page.h"

namespace exotap {
namespace {

Exchange failed(FaultType type, Stage stage, const char* code) {
  Exchange e;
  e.fault = {type, stage, code, std::string("It failed: ") + code + "."};
  return e;
}

Exchange control(Exchange of) {
  of.probe.emplace();
  of.probe->kind = ProbeKind::control;
  return of;
}

Exchange works() {
  Exchange e = control({});
  e.tls.established = true;
  e.tls.version = "1.3";
  e.tls.alpn = "h2";
  return e;
}

Facts stated(const Exchange& of, const Exchange& control) {
  Facts facts;
  state_control(of, control, facts);
  return facts;
}

TEST(Control, TheSameFailureIsIndependent) {
  const Exchange refused = failed(FaultType::tcp, Stage::connect, "ECONNREFUSED");
  const Facts facts = stated(refused, control(refused));
  EXPECT_EQ(facts.text(fact::kExotapControlOutcome), "same_failure");
  EXPECT_EQ(facts.text(fact::kExotapControlVerdict), "independent");
  EXPECT_EQ(facts.text(fact::kExotapControlDetail), "It failed: ECONNREFUSED.");
}

TEST(Control, AnotherFailureIsIndependentAndSaysWhich) {
  const Exchange refused = failed(FaultType::tcp, Stage::connect, "ECONNREFUSED");
  for (const Exchange& other : {failed(FaultType::tcp, Stage::connect, "ECONNRESET"),
                                failed(FaultType::tls, Stage::tls, "ECONNREFUSED"),
                                failed(FaultType::proxy, Stage::connect, "ECONNREFUSED")}) {
    const Facts facts = stated(refused, control(other));
    EXPECT_EQ(facts.text(fact::kExotapControlOutcome), "other_failure");
    EXPECT_EQ(facts.text(fact::kExotapControlVerdict), "independent");
  }
}

TEST(Control, TheSameBadCertificateIsTheSameFailure) {
  Exchange bad = failed(FaultType::tls, Stage::tls, "CERTIFICATE_EXPIRED");
  bad.tls.problems = {CertificateProblem::expired, CertificateProblem::wrong_name};
  EXPECT_EQ(stated(bad, control(bad)).text(fact::kExotapControlOutcome), "same_failure");
}

TEST(Control, WhatWorksWithoutAndFailsAgainInOurWayIsOurs) {
  Exchange answer = works();
  answer.probe->again = {FaultType::tls, Stage::tls, "alert no_application_protocol", {}};
  const Facts facts =
      stated(failed(FaultType::tls, Stage::tls, "alert no_application_protocol"), answer);
  EXPECT_EQ(facts.text(fact::kExotapControlOutcome), "works");
  EXPECT_EQ(facts.text(fact::kExotapControlVerdict), "caused_by_interception");
  EXPECT_EQ(facts.text(fact::kExotapControlDetail),
            "Without exotap TLS 1.3 with h2 was agreed on; in exotap's way it failed again (alert "
            "no_application_protocol).");
}

TEST(Control, WhatWorksEitherWayHasPassed) {
  const Facts facts = stated(failed(FaultType::tcp, Stage::connect, "ECONNRESET"), works());
  EXPECT_EQ(facts.text(fact::kExotapControlOutcome), "works");
  EXPECT_EQ(facts.text(fact::kExotapControlVerdict), "passed");
}

TEST(Control, WithoutAnAnswerThereIsNoVerdict) {
  Exchange silent = control({});
  silent.probe->no_answer = "The proxy wants a sign-in.";
  const Facts facts = stated(failed(FaultType::proxy, Stage::connect, "407"), silent);
  EXPECT_EQ(facts.text(fact::kExotapControlOutcome), "not_run");
  EXPECT_FALSE(facts.has(fact::kExotapControlVerdict));
  EXPECT_EQ(facts.text(fact::kExotapControlDetail), "The proxy wants a sign-in.");
  EXPECT_TRUE(stated(silent, {}).empty()) << "no control at all";
}

TEST(Control, RulesCanAskForIt) {
  EXPECT_EQ(find_fact("exotap.control.verdict"), &fact::kExotapControlVerdict);
  EXPECT_EQ(decoders_of(fact::kExotapControlOutcome), "control");
}

}  // namespace
}  // namespace exotap
