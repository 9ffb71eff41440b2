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
