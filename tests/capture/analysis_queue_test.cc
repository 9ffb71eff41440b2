#include "capture/analysis_queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

namespace exotap {
namespace {

using namespace std::chrono_literals;

ExchangePtr exchange(std::uint64_t id, bool mail_related = true, std::size_t body = 0) {
  auto made = std::make_unique<Exchange>();
  made->id = id;
  made->mail_related = mail_related;
  made->answer.body.assign(body, 'x');
  return made;
}

QueueLimits small(std::size_t exchanges, std::size_t bytes = 1U << 30U) {
  return {exchanges, bytes, 0us};
}

TEST(AnalysisQueue, GivesWhatCameInOrder) {
  AnalysisQueue queue(small(8));
  for (std::uint64_t id = 1; id <= 3; ++id) queue.offer(exchange(id));
  std::vector<ExchangePtr> batch;
  EXPECT_TRUE(queue.drain(batch, 0ms));
  ASSERT_EQ(batch.size(), 3U);
  for (std::uint64_t id = 1; id <= 3; ++id) EXPECT_EQ(batch[id - 1]->id, id);
  EXPECT_FALSE(queue.drain(batch, 0ms));
  EXPECT_FALSE(queue.take_gap());
}

TEST(AnalysisQueue, DropsWhatHasNoPlaceAndCountsIt) {
  AnalysisQueue queue(small(4));
  for (std::uint64_t id = 1; id <= 6; ++id) queue.offer(exchange(id));
  const auto gap = queue.take_gap();
  ASSERT_TRUE(gap);
  EXPECT_EQ(gap->what, "analysis queue full");
  EXPECT_EQ(gap->exchanges, 2U);
  EXPECT_EQ(gap->bytes, 2 * memory_of(*exchange(1)));
  EXPECT_FALSE(queue.take_gap());
  std::vector<ExchangePtr> batch;
  EXPECT_TRUE(queue.drain(batch, 0ms));
  EXPECT_EQ(batch.size(), 4U);
}

TEST(AnalysisQueue, IsBoundedInBytesAndHasRoomAgainAfterwards) {
  AnalysisQueue queue(small(64, 100'000));
  for (std::uint64_t id = 1; id <= 4; ++id) queue.offer(exchange(id, true, 40'000));
  EXPECT_EQ(queue.take_gap().value_or(Gap{}).exchanges, 2U);
  std::vector<ExchangePtr> batch;
  EXPECT_TRUE(queue.drain(batch, 0ms));
  for (std::uint64_t id = 5; id <= 6; ++id) queue.offer(exchange(id, true, 40'000));
  EXPECT_FALSE(queue.take_gap());
}

TEST(AnalysisQueue, WhatIsNoMailGivesWayFirst) {
  AnalysisQueue queue(small(8));
  for (std::uint64_t id = 1; id <= 8; ++id) queue.offer(exchange(id, false));
  EXPECT_EQ(queue.take_gap().value_or(Gap{}).exchanges, 2U);
  queue.offer(exchange(9, true));
  queue.offer(exchange(10, true));
  EXPECT_FALSE(queue.take_gap());
}

TEST(AnalysisQueue, CloseWakesTheConsumerAndKeepsWhatIsThere) {
  AnalysisQueue queue(small(8));
  std::vector<ExchangePtr> batch;
  std::thread closer([&queue] { queue.close(); });
  EXPECT_FALSE(queue.drain(batch, 1h));
  closer.join();
  queue.offer(exchange(1));
  EXPECT_TRUE(queue.drain(batch, 1h));
  EXPECT_TRUE(queue.closed());
}

TEST(AnalysisQueue, EveryOfferWakesASleepingConsumer) {
  constexpr std::uint64_t kProducers = 3;
  constexpr std::uint64_t kEach = 3000;
  AnalysisQueue queue(small(kProducers * kEach));
  std::vector<std::thread> producers;
  for (std::uint64_t p = 0; p < kProducers; ++p) {
    producers.emplace_back([&queue] {
      for (std::uint64_t i = 0; i < kEach; ++i) queue.offer(exchange(i));
    });
  }
  std::vector<ExchangePtr> batch;
  // An hour's patience: a wake-up that is lost would hang the test.
  while (batch.size() < kProducers * kEach) ASSERT_TRUE(queue.drain(batch, 1h));
  for (std::thread& producer : producers) producer.join();
  EXPECT_FALSE(queue.take_gap());
}

TEST(AnalysisQueue, CountsWhatAnExchangeOccupies) {
  Exchange large;
  large.answer.body.assign(5000, 'x');
  large.tls.chain.resize(2);
  large.tls.chain[0].dns_names = {std::string(100, 'x')};
  EXPECT_GT(memory_of(large), 5000 + 2 * sizeof(CertificateRecord) + sizeof(Exchange));
}

}  // namespace
}  // namespace exotap
