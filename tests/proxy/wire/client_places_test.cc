// The places of client connections: so many, and each is given back.
#include "proxy/wire/client_places.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace exotap::wire {
namespace {

TEST(ClientPlaces, ThereAreSoManyAndEachIsGivenBack) {
  ClientPlaces places(2);
  auto one = places.take();
  auto two = places.take();
  ASSERT_TRUE(one && two);
  EXPECT_FALSE(places.take());
  EXPECT_FALSE(places.take()) << "a refusal takes none";
  EXPECT_EQ(places.taken(), 2U);
  one.reset();
  EXPECT_EQ(places.taken(), 1U);
  auto three = places.take();
  ASSERT_TRUE(three);
  EXPECT_FALSE(places.take());
}

TEST(ClientPlaces, APlaceThatMovesStaysOne) {
  ClientPlaces places(1);
  {
    auto taken = places.take();
    ASSERT_TRUE(taken);
    const ClientPlaces::Place moved = std::move(*taken);
    taken.reset();
    EXPECT_EQ(places.taken(), 1U);
  }
  EXPECT_EQ(places.taken(), 0U);
}

TEST(ClientPlaces, ManyThreadsNeverHoldMoreThanThereAre) {
  constexpr std::size_t kMost = 3;
  ClientPlaces places(kMost);
  std::atomic<std::size_t> inside{0};
  std::atomic<bool> crowded{false};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5000; ++i) {
        const auto place = places.take();
        if (!place) continue;
        if (inside.fetch_add(1) >= kMost) crowded = true;
        inside.fetch_sub(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(crowded);
  EXPECT_EQ(places.taken(), 0U);
}

TEST(ClientPlaces, FollowFromTheDescriptorsAndAreNeverNone) {
  EXPECT_EQ(places_for(0), 1U);
  EXPECT_EQ(places_for(kOwnDescriptors), 1U);
  EXPECT_EQ(places_for(kOwnDescriptors + 80), 35U);  // ten stay for dials, each place takes two
  EXPECT_EQ(places_for(1024), 406U);
  EXPECT_EQ(places_for(20000), 9696U);
  EXPECT_EQ(places_for(kOwnDescriptors + kDialDescriptors + 2 * kMostConnections),
            kMostConnections);
  EXPECT_EQ(places_for(std::size_t{1} << 20U), kMostConnections);
}

}  // namespace
}  // namespace exotap::wire
