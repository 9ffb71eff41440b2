// Remembers what has been told, so that the same finding for the same host is told once and then
// counted.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "rules/judging/correlation.h"

namespace exotap {

// Bounded: when kMaxKeys are known, the one longest quiet is forgotten. One thread.
class Repeats {
 public:
  static constexpr std::chrono::minutes kWindow{10};
  static constexpr std::size_t kMaxKeys = 4096;

  // How often `key` has come since it was first told, this time included: 1 where it is new or
  // has been quiet for kWindow. 0 where this very exchange has told it already: one that waits is
  // judged early, and again when it ends.
  [[nodiscard]] std::uint32_t count(const std::string& key, WallTime time,
                                    std::uint64_t exchange_id);

 private:
  struct Told {
    WallTime last;
    std::uint32_t count = 0;
    std::array<std::uint64_t, 4> exchanges{};  // the latest, in a ring
    std::size_t next = 0;
  };
  std::unordered_map<std::string, Told> told_;
};

}  // namespace exotap
