#include "decoders/outcome.h"

#include <gtest/gtest.h>

#include "decoders/answer_failure.h"
#include "tests/decoders/exchange_from_text.h"

namespace exotap {
namespace {

using testing::exchange;

std::string outcome(const Exchange& exchange, Facts facts = {}) {
  EXPECT_TRUE(kOutcomeDecoder.recognises(exchange));
  kOutcomeDecoder.decode(exchange, facts);
  return std::string(facts.text(fact::kEventOutcome));
}

Exchange answered(int status) {
  Exchange made = exchange("GET / HTTP/1.1\nHost: h\n\n", "HTTP/1.1 200 OK\n\n");
  made.answer.head.status = static_cast<std::uint16_t>(status);
  return made;
}

TEST(Outcome, FollowsFaultThenStatus) {
  EXPECT_EQ(outcome(answered(302)), "success");
  EXPECT_EQ(outcome(answered(399)), "success");
  EXPECT_EQ(outcome(answered(400)), "failure");
  EXPECT_EQ(outcome(answered(401)), "unknown");
  EXPECT_EQ(outcome(answered(407)), "unknown");
  EXPECT_EQ(outcome(answered(503)), "failure");
  Exchange broken = answered(200);
  broken.fault = {FaultType::http, Stage::answer, "truncated", ""};
  EXPECT_EQ(outcome(broken), "failure");
}

TEST(Outcome, IsFailureWhereTheAnswerSaysSoInside) {
  Facts facts;
  facts.add(kAnswerFailure, "ErrorItemNotFound");
  EXPECT_EQ(outcome(answered(200), facts), "failure");
  EXPECT_EQ(outcome(answered(401), facts), "unknown");
}

TEST(Outcome, IsUnknownWhileNothingHasCome) {
  Exchange waiting = exchange("GET / HTTP/1.1\nHost: h\n\n", "");
  EXPECT_EQ(outcome(waiting), "unknown");
  waiting.still_waiting = true;
  EXPECT_EQ(outcome(waiting), "unknown");
}

TEST(Outcome, ATunnelThatIsUpSucceeded) {
  Exchange connect = exchange("CONNECT h:443 HTTP/1.1\nHost: h:443\n\n", "HTTP/1.1 200 OK\n\n");
  connect.is_connect = true;
  EXPECT_EQ(outcome(connect), "success");
}

}  // namespace
}  // namespace exotap
