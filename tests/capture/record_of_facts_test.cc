#include "capture/record_of_facts.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/capture/judged.h"

namespace exotap {
namespace {

TEST(RecordOfFacts, TellsWhomWhenAndWhatFailed) {
  Told told = refused(17, 3);
  told.facts.add(fact::kClientAddress, "127.0.0.1");
  told.facts.add(fact::kClientPort, 50000);
  told.facts.add(fact::kExotapHandling, "tunnelled");
  told.facts.add(fact::kExotapTimingConnect, std::int64_t{20'000'000});
  const Exchange record = record_of_facts(told.facts, 17, noon());
  EXPECT_EQ(record.id, 17U);
  EXPECT_EQ(record.started, noon());
  EXPECT_EQ(record.host, "adfs.contoso.com");
  EXPECT_EQ(record.port, 443);
  EXPECT_EQ(record.client.address, "127.0.0.1");
  EXPECT_EQ(record.client.port, 50000);
  EXPECT_TRUE(record.is_connect);
  EXPECT_TRUE(record.mail_related);
  EXPECT_FALSE(record.still_waiting);
  EXPECT_EQ(record.handling, Handling::tunnelled);
  EXPECT_EQ(record.fault.type, FaultType::tcp);
  EXPECT_EQ(record.fault.stage, Stage::connect);
  EXPECT_EQ(record.fault.code, "ECONNREFUSED");
  EXPECT_EQ(record.timings.total, std::chrono::milliseconds(21));
  EXPECT_EQ(record.timings.connect, std::chrono::milliseconds(20));
  EXPECT_FALSE(record.timings.tls);
}

TEST(RecordOfFacts, WithoutFactsItIsEmptyAndHealthy) {
  const Exchange record = record_of_facts(Facts(), 1, noon());
  EXPECT_TRUE(record.host.empty());
  EXPECT_FALSE(record.fault);
  EXPECT_TRUE(record.request.head.empty());
}

TEST(RecordOfFacts, NumbersThatCannotBeAreNone) {
  Facts facts;
  facts.add(fact::kUrlPort, 70000);
  facts.add(fact::kExotapConnectionId, std::int64_t{-1});
  facts.add(fact::kEventDuration, std::numeric_limits<std::int64_t>::max());
  facts.add(fact::kErrorType, "strange");
  const Exchange record = record_of_facts(facts, 1, noon());
  EXPECT_EQ(record.port, 0);
  EXPECT_EQ(record.connection_id, 0U);
  EXPECT_LT(record.timings.total, std::chrono::hours(24 * 367));
  EXPECT_FALSE(record.fault);
}

}  // namespace
}  // namespace exotap
