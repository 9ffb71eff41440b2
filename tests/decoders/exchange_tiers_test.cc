#include "decoders/exchange_tiers.h"

#include <gtest/gtest.h>

#include "tests/decoders/exchange_from_text.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::expect_facts;
using testing::value_of;

Facts of(const std::string& value) {
  return testing::stated_by(
      kExchangeTiersDecoder,
      testing::exchange("POST /ews/exchange.asmx HTTP/1.1\n\n",
                        "HTTP/1.1 401 Unauthorized\nX-FailureContext: " + value + "\n\n"));
}

TEST(FailureContext, TellsTierStatusAndReason) {
  const Facts facts = of("FrontEnd;401;VW5hdXRob3JpemVk;;;;");
  expect_facts(facts, {{"exchange.failing_tier", "FrontEnd"},
                       {"exchange.failure.status", "401"},
                       {"exchange.failure.reason", "Unauthorized"}});
  testing::expect_declared(facts, kExchangeTiersDecoder);
}

TEST(FailureContext, MayLackAnyPart) {
  expect_facts(of("BackEnd"), {{"exchange.failing_tier", "BackEnd"}});
  EXPECT_EQ(value_of(of("BackEnd;;;"), "exchange.failure.status"), "(absent)");
  EXPECT_EQ(value_of(of(";500;!!"), "exchange.failing_tier"), "(absent)");
  EXPECT_EQ(value_of(of(";500;!!"), "exchange.failure.reason"), "(absent)");
}

std::string tier_of(const std::string& status, const std::string& fields) {
  return value_of(
      testing::stated_by(kExchangeTiersDecoder,
                         testing::exchange("POST /ews/exchange.asmx HTTP/1.1\n\n",
                                           "HTTP/1.1 " + status + "\n" + fields + "\n")),
      "exchange.failing_tier");
}

TEST(FailingTier, WithoutAContextIsWhoSignedTheAnswer) {
  const std::string front = "X-CalculatedBETarget: be1.contoso.com\nX-FEServer: FE1\n";
  EXPECT_EQ(tier_of("503 Unavailable", front), "FrontEnd");
  EXPECT_EQ(tier_of("500 Error", front + "X-BEServer: BE1\n"), "BackEnd");
  EXPECT_EQ(tier_of("502 Bad Gateway", "Via: 1.1 proxy\n"), "(absent)");
  // The first 401 of every sign-in is nobody's failure.
  EXPECT_EQ(tier_of("401 Unauthorized", front), "(absent)");
  EXPECT_EQ(tier_of("503 Unavailable", front + "X-BEServer: B\nX-FailureContext: FrontEnd;503;\n"),
            "FrontEnd");
}

TEST(FailureContext, OfAStrangerIsBounded) {
  const FailureContext context =
      parse_failure_context(std::string(5000, 'x') + ";99;" + std::string(5000, 'Q'));
  EXPECT_LE(context.tier.size(), 32U);
  EXPECT_LE(context.reason.size(), kMaxTierReason);
}

TEST(FailureContext, OfExotapsOwnAnswerIsNone) {
  Exchange exchange = testing::exchange("CONNECT h:443 HTTP/1.1\n\n",
                                        "HTTP/1.1 502 Bad\nX-FailureContext: FrontEnd;1;\n\n");
  exchange.is_connect = true;
  EXPECT_FALSE(kExchangeTiersDecoder.recognises(exchange));
  EXPECT_FALSE(kExchangeTiersDecoder.recognises(Exchange{}));
}

}  // namespace
}  // namespace exotap
