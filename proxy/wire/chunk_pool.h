// Pooled buffers of one I/O thread. A busy connection borrows a chunk while bytes move; an idle one
// holds none, so a thousand idle connections cost no buffers.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace exotap::wire {

inline constexpr std::size_t kChunkSize = 65 * 1024;  // bytes: four full TLS records
inline constexpr std::size_t kKeptChunks = 16;  // free chunks a thread keeps for the next rush

using ChunkBytes = std::array<char, kChunkSize>;

class ChunkPool;
class WarmLegs;

// A borrowed chunk with the filled range [begin, end). Move-only; goes back when dropped. May not
// outlive its pool, nor leave its thread.
class Chunk {
 public:
  Chunk() = default;
  Chunk(Chunk&& other) noexcept { swap(other); }
  Chunk& operator=(Chunk&& other) noexcept {
    Chunk(std::move(other)).swap(*this);
    return *this;
  }
  ~Chunk() { release(); }

  [[nodiscard]] explicit operator bool() const { return bytes_ != nullptr; }
  [[nodiscard]] char* data() { return bytes_->data(); }
  [[nodiscard]] char* filled() { return bytes_->data() + begin; }
  [[nodiscard]] std::size_t size() const { return end - begin; }
  [[nodiscard]] char* room() { return bytes_->data() + end; }
  [[nodiscard]] std::size_t room_size() const { return kChunkSize - end; }
  void consume(std::size_t n) {
    begin += n;
    if (begin == end) begin = end = 0;
  }
  void release();
  void swap(Chunk& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(pool_, other.pool_);
    std::swap(begin, other.begin);
    std::swap(end, other.end);
  }

  std::size_t begin = 0;
  std::size_t end = 0;

 private:
  friend class ChunkPool;
  std::unique_ptr<ChunkBytes> bytes_;
  ChunkPool* pool_ = nullptr;
};

// Not thread safe: one per I/O thread.
class ChunkPool {
 public:
  [[nodiscard]] Chunk take();
  // Where the thread's legs rest; null where none is kept warm. Not owned.
  [[nodiscard]] WarmLegs* warm() const { return warm_; }
  void keep_warm_in(WarmLegs* warm) { warm_ = warm; }
  [[nodiscard]] std::size_t kept() const { return free_.size(); }

 private:
  friend class Chunk;
  void give_back(std::unique_ptr<ChunkBytes> bytes);
  std::vector<std::unique_ptr<ChunkBytes>> free_;
  WarmLegs* warm_ = nullptr;
};

}  // namespace exotap::wire
