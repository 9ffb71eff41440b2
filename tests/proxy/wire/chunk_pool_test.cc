// Buffers that busy connections borrow and idle ones do not hold.
#include "proxy/wire/chunk_pool.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace exotap::wire {
namespace {

TEST(ChunkPool, AChunkGivenBackIsTheNextOneTaken) {
  ChunkPool pool;
  Chunk first = pool.take();
  const char* bytes = first.data();
  first.release();
  EXPECT_EQ(pool.kept(), 1U);
  Chunk second = pool.take();
  EXPECT_EQ(second.data(), bytes);
  EXPECT_EQ(pool.kept(), 0U);
}

TEST(ChunkPool, AChunkComesBackEmptyWhoeverFilledItBefore) {
  ChunkPool pool;
  {
    Chunk used = pool.take();
    used.end = 100;
    used.consume(40);
  }
  const Chunk fresh = pool.take();
  EXPECT_EQ(fresh.size(), 0U);
  EXPECT_EQ(fresh.room_size(), kChunkSize);
}

TEST(ChunkPool, KeepsNoMoreThanItsBoundAfterARush) {
  ChunkPool pool;
  {
    std::vector<Chunk> rush;
    for (std::size_t i = 0; i < kKeptChunks + 10; ++i) rush.push_back(pool.take());
    EXPECT_EQ(pool.kept(), 0U);
  }
  EXPECT_EQ(pool.kept(), kKeptChunks);
}

TEST(ChunkPool, AMovedChunkIsGivenBackOnce) {
  ChunkPool pool;
  {
    Chunk from = pool.take();
    from.end = 7;
    const Chunk to(std::move(from));
    EXPECT_FALSE(static_cast<bool>(from));
    EXPECT_TRUE(static_cast<bool>(to));
    EXPECT_EQ(to.size(), 7U);
  }
  EXPECT_EQ(pool.kept(), 1U);
}

TEST(ChunkPool, AnAssignedChunkGivesItsOldBytesBack) {
  ChunkPool pool;
  Chunk held = pool.take();
  held = pool.take();
  EXPECT_EQ(pool.kept(), 1U);
  held = Chunk();
  EXPECT_EQ(pool.kept(), 2U);
  EXPECT_FALSE(static_cast<bool>(held));
}

TEST(Chunk, ConsumingEverythingMakesTheWholeRoomFreeAgain) {
  ChunkPool pool;
  Chunk chunk = pool.take();
  std::memcpy(chunk.room(), "abcdef", 6);
  chunk.end += 6;
  chunk.consume(4);
  EXPECT_EQ(std::string_view(chunk.filled(), chunk.size()), "ef");
  EXPECT_EQ(chunk.room_size(), kChunkSize - 6);
  chunk.consume(2);
  EXPECT_EQ(chunk.room_size(), kChunkSize);
}

TEST(Chunk, ReleasingTwiceIsReleasingOnce) {
  ChunkPool pool;
  Chunk chunk = pool.take();
  chunk.release();
  chunk.release();
  EXPECT_EQ(pool.kept(), 1U);
}

TEST(Chunk, HoldsFourFullTlsRecords) {
  // Smaller, and a full write would be split over two sends.
  EXPECT_GE(kChunkSize, 4 * (16384U + 22U));
}

}  // namespace
}  // namespace exotap::wire
