#include "certs/record_buffers.h"

#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include <cstring>
#include <thread>
#include <vector>

namespace exotap {
namespace {

// OpenSSL has allocated already in a test program, so the functions stay as they are there; what
// they do is seen through a program that calls keep_record_buffers() first: exotap itself. Here:
// coming too late changes nothing and says so.
TEST(RecordBuffers, ComingTooLateIsSaidAndHarmless) {
  void* before = OPENSSL_malloc(100);
  const bool in_time = keep_record_buffers();
  EXPECT_FALSE(in_time);
  OPENSSL_free(before);
}

// As OpenSSL uses them: blocks of a record's size from many threads, given back by others.
TEST(RecordBuffers, BlocksOfARecordsSizeComeAndGoOnAnyThread) {
  std::vector<void*> blocks;
  for (int i = 0; i < 100; ++i) {
    blocks.push_back(OPENSSL_malloc(17 * 1024));
    std::memset(blocks.back(), i, 17 * 1024);
  }
  std::thread([&] {
    for (int i = 0; i < 100; ++i) {
      EXPECT_EQ(static_cast<unsigned char*>(blocks[static_cast<std::size_t>(i)])[17 * 1024 - 1], i);
      OPENSSL_free(blocks[static_cast<std::size_t>(i)]);
    }
  }).join();
}

}  // namespace
}  // namespace exotap
