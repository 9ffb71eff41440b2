#include "certs/record_buffers.h"

#include <openssl/crypto.h>

#include <array>
#include <cstdlib>
#include <cstring>

namespace exotap {
namespace {

// In front of every block: its size, for free() is not told. As wide as malloc aligns.
struct alignas(alignof(std::max_align_t)) Header {
  std::size_t size = 0;
};

struct Cache {
  std::array<Header*, kKeptRecordBuffers> kept{};
  std::size_t count = 0;
  ~Cache() {
    while (count > 0) std::free(kept[--count]);
    closed = true;
  }
  // OpenSSL frees some of a thread's memory after the thread's own objects are gone.
  bool closed = false;
};
thread_local Cache cache;

bool is_record_buffer(std::size_t size) {
  return size >= kLeastRecordBuffer && size <= kRecordBuffer;
}

void* allocate(std::size_t size, const char* /*file*/, int /*line*/) {
  if (is_record_buffer(size)) {
    if (cache.count > 0) return cache.kept[--cache.count] + 1;
    size = kRecordBuffer;
  }
  auto* block = static_cast<Header*>(std::malloc(sizeof(Header) + size));
  if (block == nullptr) return nullptr;
  block->size = size;
  return block + 1;
}

void give_back(void* memory, const char* /*file*/, int /*line*/) {
  if (memory == nullptr) return;
  Header* block = static_cast<Header*>(memory) - 1;
  if (block->size == kRecordBuffer && !cache.closed && cache.count < cache.kept.size()) {
    cache.kept[cache.count++] = block;
    return;
  }
  std::free(block);
}

void* resize(void* memory, std::size_t size, const char* file, int line) {
  if (memory == nullptr) return allocate(size, file, line);
  if (size == 0) {
    give_back(memory, file, line);
    return nullptr;
  }
  Header* block = static_cast<Header*>(memory) - 1;
  if (block->size >= size && block->size == kRecordBuffer) return memory;
  void* fresh = allocate(size, file, line);
  if (fresh == nullptr) return nullptr;
  std::memcpy(fresh, memory, block->size < size ? block->size : size);
  give_back(memory, file, line);
  return fresh;
}

}  // namespace

bool keep_record_buffers() { return CRYPTO_set_mem_functions(allocate, resize, give_back) == 1; }

}  // namespace exotap
