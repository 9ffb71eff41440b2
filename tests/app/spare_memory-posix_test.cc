#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <vector>

#include "app/spare_memory.h"

extern "C" [[gnu::weak]] void __asan_init();

namespace exotap {
namespace {

constexpr std::size_t kMebibyte = 1 << 20;

std::size_t resident() {
  std::ifstream file("/proc/self/statm");
  std::size_t all = 0;
  std::size_t pages = 0;
  file >> all >> pages;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

TEST(SpareMemory, WhatIsFreeIsGivenBack) {
  if (__asan_init != nullptr) GTEST_SKIP() << "the sanitizer keeps freed memory back";
  std::vector<std::unique_ptr<char[]>> blocks;
  for (int i = 0; i < 64 * 1024; ++i) blocks.push_back(std::make_unique<char[]>(1000));
  // One that stays above them keeps the allocator from giving the rest back by itself.
  const auto last = std::make_unique<char[]>(1000);
  const std::size_t full = resident();
  blocks.clear();
  give_back_spare_memory();
  EXPECT_LT(resident(), full - 40 * kMebibyte);
}

}  // namespace
}  // namespace exotap
