#include "proxy/wire/chunk_pool.h"

namespace exotap::wire {

void Chunk::release() {
  if (bytes_ && pool_ != nullptr) pool_->give_back(std::move(bytes_));
  bytes_.reset();
  pool_ = nullptr;
  begin = end = 0;
}

Chunk ChunkPool::take() {
  Chunk chunk;
  chunk.pool_ = this;
  if (free_.empty()) {
    chunk.bytes_ = std::make_unique_for_overwrite<ChunkBytes>();
  } else {
    chunk.bytes_ = std::move(free_.back());
    free_.pop_back();
  }
  return chunk;
}

void ChunkPool::give_back(std::unique_ptr<ChunkBytes> bytes) {
  if (free_.size() < kKeptChunks) free_.push_back(std::move(bytes));
}

}  // namespace exotap::wire
