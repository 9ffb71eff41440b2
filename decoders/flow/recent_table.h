// A table that never grows: values by key, the least recently used one of a bucket making room for
// a new one. All memory is taken at construction.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace exotap::flow {

// Mixes further words into a hash, so that one number stands for a compound key.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t more) {
  hash ^= more + 0x9E3779B97F4A7C15ULL + (hash << 6U) + (hash >> 2U);
  hash ^= hash >> 31U;
  return hash * 0xBF58476D1CE4E5B9ULL;
}
[[nodiscard]] inline std::uint64_t hash_of(std::string_view text) {
  return std::hash<std::string_view>{}(text);
}

// `Key` is a value with operator==; its hash is given beside it. Buckets of kWays keep lookups to
// a few comparisons. Not thread safe.
template <class Key, class Value, std::size_t kBuckets, std::size_t kWays = 8>
class RecentTable {
 public:
  static constexpr std::size_t kCapacity = kBuckets * kWays;

  RecentTable() : buckets_(kBuckets) {}

  // nullptr where the key is not remembered. Counts as a use.
  template <class Like>
  [[nodiscard]] Value* find(std::uint64_t hash, const Like& key) {
    for (Slot& slot : bucket(hash)) {
      if (slot.used != 0 && slot.hash == hash && slot.key == key) {
        slot.used = ++uses_;
        return &slot.value;
      }
    }
    return nullptr;
  }

  // The value of the key, made anew where it is not remembered; `made` tells which.
  template <class Like>
  [[nodiscard]] std::pair<Value*, bool> find_or_make(std::uint64_t hash, const Like& key) {
    if (Value* found = find(hash, key)) return {found, false};
    Slot* oldest = nullptr;
    for (Slot& slot : bucket(hash)) {
      if (oldest == nullptr || slot.used < oldest->used) oldest = &slot;
    }
    *oldest = Slot{hash, ++uses_, Key(key), Value{}};
    return {&oldest->value, true};
  }

  // Calls `see(key, value)` for everything remembered, in no order.
  template <class See>
  void each(See&& see) {
    for (Bucket& ways : buckets_) {
      for (Slot& slot : ways) {
        if (slot.used != 0) see(std::as_const(slot.key), slot.value);
      }
    }
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint64_t used = 0;  // 0: empty
    Key key{};
    Value value{};
  };
  using Bucket = std::array<Slot, kWays>;

  [[nodiscard]] Bucket& bucket(std::uint64_t hash) {
    return buckets_[(hash * 0x9E3779B97F4A7C15ULL >> 32U) % kBuckets];
  }

  std::vector<Bucket> buckets_;
  std::uint64_t uses_ = 0;
};

}  // namespace exotap::flow
