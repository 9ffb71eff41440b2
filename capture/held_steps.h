// The steps that led to where we are, kept in memory in case one of them turns out to be the way to
// a failure: the look-back of `--keep failing`.
#pragma once

#include <cstdint>
#include <vector>

#include "capture/exchange.h"
#include "decoders/facts.h"

namespace exotap {

// What is kept of an exchange: all that its line in the log is made of. Not redacted yet: it stays
// in memory, and what leaves goes through ndjson.h.
struct HeldStep {
  std::uint64_t id = 0;
  std::uint64_t attempt = 0;  // flow.attempt; 0 where it belongs to none
  WallTime started{};
  Facts facts;
};

// A ring of the latest steps, oldest overwritten first, bounded by count and bytes. Slots are used
// again with the memory they have: holding a step costs two copies and no allocation. One thread.
class HeldSteps {
 public:
  static constexpr std::size_t kMaxSteps = 512;
  static constexpr std::size_t kMaxBytes = 8U << 20U;
  // What a slot may keep of its memory when it is emptied.
  static constexpr std::size_t kMaxKept = 8U << 10U;

  HeldSteps() : slots_(kMaxSteps) {}

  void hold(std::uint64_t id, std::uint64_t attempt, WallTime started, const Facts& facts);

  // Gives every held step of that attempt (not 0) to `take(const HeldStep&)`, oldest first, and
  // lets it go.
  template <typename Take>
  void release_attempt(std::uint64_t attempt, Take take) {
    release_if([&](const HeldStep& step) { return attempt != 0 && step.attempt == attempt; }, take);
  }
  // The same for one exchange, all its records.
  template <typename Take>
  void release_exchange(std::uint64_t id, Take take) {
    release_if([&](const HeldStep& step) { return step.id == id; }, take);
  }

  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  template <typename Wanted, typename Take>
  void release_if(Wanted wanted, Take take) {
    for (std::size_t n = 0; n < count_; ++n) {
      HeldStep& step = slots_[(oldest_ + n) % kMaxSteps];
      if (step.facts.empty() || !wanted(step)) continue;
      take(static_cast<const HeldStep&>(step));
      empty(step);
    }
  }
  void drop_oldest();
  void empty(HeldStep& step);

  std::vector<HeldStep> slots_;  // a slot without facts is empty
  std::size_t oldest_ = 0;
  std::size_t count_ = 0;  // slots from the oldest on, emptied ones among them
  std::size_t bytes_ = 0;
};

}  // namespace exotap
