#include "decoders/federation/token_times.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/federation/saml_message.h"
#include "decoders/federation/wsfed.h"
#include "decoders/signin/saml_summary.h"
#include "decoders/signin/wstrust.h"
#include "decoders/signin/wstrust_answer.h"
#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::value_of;

// started is 2025-10-09T08:53:20Z in every test exchange.
Exchange answered(const std::string& fields) {
  return testing::exchange("POST /login.srf HTTP/1.1\nHost: login.microsoftonline.com\n\n",
                           "HTTP/1.1 200 OK\n" + fields + "\n");
}

Facts with_token() {
  Facts facts;
  facts.add(fact::kSamlIssueInstant, "2025-10-09T08:53:20.500Z");
  facts.add(fact::kSamlNotBefore, "2025-10-09T08:53:20Z");
  facts.add(fact::kSamlNotOnOrAfter, "2025-10-09T09:53:20Z");
  facts.add(fact::kSamlCertificateNotAfter, "2025-10-10T08:53:19Z");
  return facts;
}

TEST(TokenTimes, AreHeldAgainstTheAnswersDate) {
  Facts facts = with_token();
  state_token_times(answered("Date: Thu, 09 Oct 2025 08:54:20 GMT\n"), facts);
  expect_facts(facts, {{"federation.token.lifetime", "3600"},
                       {"federation.token.age", "60"},
                       {"federation.token.valid_since", "60"},
                       {"federation.token.seconds_left", "3540"},
                       {"federation.token.certificate_days_left", "0"}});
}

TEST(TokenTimes, ShowATokenOfTheFutureAndAnExpiredOne) {
  Facts early = with_token();
  state_token_times(answered("Date: Thu, 09 Oct 2025 08:43:20 GMT\n"), early);
  expect_facts(early, {{"federation.token.age", "-600"},
                       {"federation.token.valid_since", "-600"},
                       {"federation.token.seconds_left", "4200"}});
  Facts late = with_token();
  state_token_times(answered("Date: Thu, 09 Oct 2025 10:53:20 GMT\n"), late);
  expect_facts(late, {{"federation.token.seconds_left", "-3600"}});
}

TEST(TokenTimes, WithoutADateOfNowTellOnlyWhatNeedsNone) {
  for (const char* fields :
       {"", "Date: yesterday\n", "Date: Thu, 09 Oct 2025 08:54:20 GMT\nAge: 9\n"}) {
    Facts facts = with_token();
    state_token_times(answered(fields), facts);
    EXPECT_EQ(value_of(facts, "federation.token.lifetime"), "3600");
    EXPECT_EQ(value_of(facts, "federation.token.age"), "(absent)") << fields;
    EXPECT_EQ(value_of(facts, "federation.token.seconds_left"), "(absent)") << fields;
  }
}

TEST(TokenTimes, FallBackToWsTrustsLifetime) {
  Facts facts;
  facts.add(fact::kWstrustCreated, "2025-10-09T08:53:20Z");
  facts.add(fact::kWstrustExpires, "2025-10-09T08:58:20Z");
  state_token_times(answered("Date: Thu, 09 Oct 2025 08:54:20 GMT\n"), facts);
  expect_facts(facts, {{"federation.token.lifetime", "300"},
                       {"federation.token.age", "60"},
                       {"federation.token.seconds_left", "240"}});
}

TEST(TokenTimes, OfACertificateRoundDown) {
  Facts facts;
  facts.add(fact::kSamlCertificateNotAfter, "2025-10-09T08:53:19Z");
  state_token_times(answered(""), facts);
  EXPECT_EQ(value_of(facts, "federation.token.certificate_days_left"), "-1");
}

TEST(TokenTimes, HoldARequestAgainstTheSameDate) {
  const Exchange exchange = answered("Date: Thu, 09 Oct 2025 08:54:20 GMT\n");
  Facts active;
  active.add(fact::kWstrustTimestampCreated, "2025-10-09T09:04:20.000Z");
  state_token_times(exchange, active);
  EXPECT_EQ(value_of(active, "federation.request.age"), "-600");
  Facts passive;
  passive.add(fact::kWsfedTime, "2025-10-09T08:54:10Z");
  state_token_times(exchange, passive);
  EXPECT_EQ(value_of(passive, "federation.request.age"), "10");
  Facts saml;
  saml.add(fact::kSamlMessageType, "AuthnRequest");
  saml.add(fact::kSamlMessageIssueInstant, "2025-10-09T08:54:15Z");
  state_token_times(exchange, saml);
  EXPECT_EQ(value_of(saml, "federation.request.age"), "5");
  Facts answer;
  answer.add(fact::kSamlMessageType, "Response");
  answer.add(fact::kSamlMessageIssueInstant, "2025-10-09T08:54:15Z");
  state_token_times(exchange, answer);
  EXPECT_EQ(value_of(answer, "federation.request.age"), "(absent)");
}

TEST(TokenTimes, OfNoTokenAreNothing) {
  Facts facts;
  state_token_times(answered("Date: Thu, 09 Oct 2025 08:54:20 GMT\n"), facts);
  EXPECT_TRUE(facts.empty());
  facts.add(fact::kSamlNotBefore, "soon");
  state_token_times(answered("Date: Thu, 09 Oct 2025 08:54:20 GMT\n"), facts);
  EXPECT_EQ(facts.size(), 1U);
}

}  // namespace
}  // namespace exotap
