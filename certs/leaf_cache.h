// Leaves already made, by host and shape. Bounded: the one not asked for the longest goes first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "certs/leaf_mint.h"

namespace exotap {

inline constexpr std::size_t kMaxCachedLeaves = 1024;  // about 2.4 KiB each

// Thread safety: all of it, from any thread. The lock is not held while a leaf is made.
class LeafCache {
 public:
  // The mint must outlive the cache.
  explicit LeafCache(const LeafMint& mint, std::size_t capacity = kMaxCachedLeaves)
      : mint_(mint), capacity_(capacity) {}

  // The leaf for the host (lower case), made now if it is not there or ends within a day. An
  // empty certificate as LeafMint::mint says.
  [[nodiscard]] Leaf get(std::string_view host, const LeafShape& shape,
                         WallTime now = std::chrono::system_clock::now());

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::uint64_t minted() const;  // how many were made rather than found

 private:
  struct Entry {
    std::string key;
    Leaf leaf;
    WallTime renew_at;
  };

  const LeafMint& mint_;
  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the last one used is in front
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;  // views of Entry::key
  std::uint64_t minted_ = 0;
};

}  // namespace exotap
