#include "app/console/exchange_words.h"

#include <gtest/gtest.h>

#include "decoders/answer_failure.h"
#include "decoders/service.h"
#include "decoders/tls.h"
#include "tests/capture/judged.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;

Facts step(std::string_view step, std::string_view path = "/") {
  Facts facts;
  facts.add(fact::kFlowStep, step);
  facts.add(fact::kUrlPath, path);
  return facts;
}

Facts fault(std::string_view type, std::string_view code) {
  Facts facts;
  facts.add(fact::kErrorType, type);
  facts.add_if(fact::kErrorCode, code);
  return facts;
}

TEST(ExchangeWords, EveryStepHasItsName) {
  EXPECT_EQ(purpose_of(step("autodiscover")), "Autodiscover");
  EXPECT_EQ(purpose_of(step("realm")), "realm discovery");
  EXPECT_EQ(purpose_of(step("mex")), "AD FS metadata");
  EXPECT_EQ(purpose_of(step("wstrust")), "sign-in (WS-Trust)");
  EXPECT_EQ(purpose_of(step("oauth")), "sign-in (OAuth)");
  EXPECT_EQ(purpose_of(step("federation")), "federation sign-in");
  EXPECT_EQ(purpose_of(step("other")), "");
}

TEST(ExchangeWords, MailIsNamedByItsProtocol) {
  EXPECT_EQ(purpose_of(step("mail", "/mapi/emsmdb/")), "mail (MAPI)");
  EXPECT_EQ(purpose_of(step("mail", "/EWS/Exchange.asmx")), "mail (EWS)");
  EXPECT_EQ(purpose_of(step("mail", "/Microsoft-Server-ActiveSync")), "mail (ActiveSync)");
  EXPECT_EQ(purpose_of(step("mail", "/else")), "mail");
}

TEST(ExchangeWords, AConnectIsAConnection) {
  Facts facts = step("other");
  facts.add(fact::kExotapConnect, true);
  EXPECT_EQ(purpose_of(facts), "connection");
}

TEST(ExchangeWords, WhereNoStepIsKnownTheServiceIsNamed) {
  Facts other = step("other", "/v1.0/me");
  other.add(fact::kServiceName, "Microsoft Graph");
  EXPECT_EQ(purpose_of(other), "Microsoft Graph");
  Facts search = step("mail", "/search/api/v1/suggestions");
  search.add(fact::kServiceName, "Substrate search");
  EXPECT_EQ(purpose_of(search), "Substrate search");
  Facts mapi = step("mail", "/mapi/emsmdb/");
  mapi.add(fact::kServiceName, "Exchange mailbox");
  EXPECT_EQ(purpose_of(mapi), "mail (MAPI)");
  Facts connect = step("other");
  connect.add(fact::kServiceName, "Microsoft Graph");
  connect.add(fact::kExotapConnect, true);
  EXPECT_EQ(purpose_of(connect), "connection");
}

TEST(ExchangeWords, AFailureInsideAnAnswerIsNoGoodAnswer) {
  Facts facts = healthy(1, 1).facts;
  EXPECT_EQ(hidden_failure(facts), "");
  facts.add(kAnswerFailure, "ErrorServerBusy");
  EXPECT_EQ(hidden_failure(facts), "ErrorServerBusy");
  EXPECT_EQ(status_word(facts), "200");
  EXPECT_EQ(status_tone(facts), Tone::warning);
}

TEST(ExchangeWords, FaultsInAFewWords) {
  EXPECT_EQ(fault_words(fault("tcp", "ECONNREFUSED")), "refused");
  EXPECT_EQ(fault_words(fault("timeout", "ETIMEDOUT")), "timed out");
  EXPECT_EQ(fault_words(fault("dns", "HOST_NOT_FOUND")), "no such name");
  EXPECT_EQ(fault_words(fault("dns", "EAI_FAIL")), "DNS failed");
  EXPECT_EQ(fault_words(fault("tls", "alert handshake_failure")), "TLS failed");
  EXPECT_EQ(fault_words(fault("client", "EOF")), "client hung up");
  EXPECT_EQ(fault_words(fault("new", "")), "failed");
  EXPECT_EQ(fault_words(Facts()), "");
}

// The word "certificate" is only said of one that was received.
TEST(ExchangeWords, ABadCertificateNeedsACertificate) {
  Facts facts = fault("tls", "CERT");
  EXPECT_EQ(fault_words(facts), "TLS failed");
  facts.add(fact::kTlsCertificateProblem, "expired");
  EXPECT_EQ(fault_words(facts), "bad certificate");
}

TEST(ExchangeWords, StatusInFourColumns) {
  EXPECT_EQ(status_word(healthy(1, 1).facts), "200");
  EXPECT_EQ(status_word(refused(1, 1).facts), "FAIL");
  EXPECT_EQ(status_word(fault("client", "EOF")), "gone");
  EXPECT_EQ(status_word(Facts()), "-");
  Facts waiting = healthy(1, 1).facts;
  waiting.add(fact::kExotapStillWaiting, true);
  EXPECT_EQ(status_word(waiting), "wait");
  EXPECT_EQ(status_tone(healthy(1, 1).facts), Tone::good);
  EXPECT_EQ(status_tone(failing(1, 1, 401).facts), Tone::warning);
  EXPECT_EQ(status_tone(failing(1, 1, 503).facts), Tone::bad);
  EXPECT_EQ(status_tone(refused(1, 1).facts), Tone::bad);
}

TEST(ExchangeWords, FailuresThatCount) {
  EXPECT_TRUE(is_failure(refused(1, 1).facts));
  EXPECT_FALSE(is_failure(refused(1, 1, /*mail_related=*/false).facts));
  EXPECT_FALSE(is_failure(healthy(1, 1).facts));
}

TEST(ExchangeWords, DurationsInSixColumns) {
  EXPECT_EQ(duration_words(300us), "<1 ms");
  EXPECT_EQ(duration_words(84ms), "84 ms");
  EXPECT_EQ(duration_words(1249ms), "1.2 s");
  EXPECT_EQ(duration_words(21s), "21 s");
  EXPECT_EQ(duration_words(119s), "119 s");
  EXPECT_EQ(duration_words(15min), "15 min");
  EXPECT_EQ(duration_words(48h), "48 h");
  EXPECT_EQ(duration_words(-1s), "<1 ms");
}

}  // namespace
}  // namespace exotap
