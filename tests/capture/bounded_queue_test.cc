#include "capture/bounded_queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace exotap {
namespace {

TEST(BoundedQueue, FirstInFirstOut) {
  BoundedQueue<int> queue(4);
  EXPECT_TRUE(queue.empty());
  for (int i = 1; i <= 3; ++i) EXPECT_TRUE(queue.push(i));
  EXPECT_FALSE(queue.empty());
  int item = 0;
  for (int i = 1; i <= 3; ++i) {
    EXPECT_TRUE(queue.pop(item));
    EXPECT_EQ(item, i);
  }
  EXPECT_FALSE(queue.pop(item));
}

TEST(BoundedQueue, AFullQueueLeavesTheItemToItsOwner) {
  BoundedQueue<std::unique_ptr<int>> queue(2);
  for (int i = 0; i < 2; ++i) {
    auto item = std::make_unique<int>(i);
    EXPECT_TRUE(queue.push(item));
    EXPECT_FALSE(item);
  }
  auto item = std::make_unique<int>(9);
  EXPECT_FALSE(queue.push(item));
  ASSERT_TRUE(item);
  EXPECT_EQ(*item, 9);
}

TEST(BoundedQueue, GoesRoundManyTimes) {
  BoundedQueue<int> queue(3);
  EXPECT_EQ(queue.capacity(), 4U);
  int item = 0;
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(queue.push(i));
    ASSERT_TRUE(queue.pop(item));
    ASSERT_EQ(item, i);
  }
}

TEST(BoundedQueue, ManyProducersLoseAndDoubleNothing) {
  constexpr int kProducers = 4;
  constexpr int kEach = 20000;
  BoundedQueue<int> queue(64);
  std::vector<std::thread> producers;
  for (int p = 0; p < kProducers; ++p) {
    producers.emplace_back([&queue, p] {
      for (int i = 0; i < kEach; ++i) {
        int item = p * kEach + i;
        while (!queue.push(item)) std::this_thread::yield();
      }
    });
  }
  std::vector<int> last(kProducers, -1);
  int item = 0;
  for (int taken = 0; taken < kProducers * kEach;) {
    if (!queue.pop(item)) {
      std::this_thread::yield();
      continue;
    }
    ++taken;
    int& before = last[static_cast<std::size_t>(item / kEach)];
    ASSERT_EQ(item % kEach, before + 1);  // each producer's items come in its order
    before = item % kEach;
  }
  for (std::thread& producer : producers) producer.join();
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace exotap
