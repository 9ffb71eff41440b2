// Keeps the console calm: of lines that are alike within a short time the first is shown, the
// others are counted and shown as one.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>

#include "app/console/exchange_row.h"

namespace exotap {

// Time is that of the exchanges: a capture folds as the wire did. One thread; memory is bounded.
class RepeatFold {
 public:
  static constexpr std::size_t kMaxRows = 32;
  static constexpr std::chrono::seconds kWindow{10};

  using Show = std::function<void(const ExchangeRow&)>;

  // Shows rows that stand for several: the latest of them, their count and mean duration.
  explicit RepeatFold(Show show) : show_(std::move(show)) {}

  // Whether a row of this likeness was shown within the window; it is then counted and must not be
  // shown.
  bool count(std::uint64_t likeness, WallTime time, Nanoseconds duration);
  // The row was shown just now.
  void shown(std::uint64_t likeness, ExchangeRow row);
  // Shows what was counted and whose window is over at `now`.
  void settle(WallTime now);
  // Shows everything that was counted.
  void settle_all();

 private:
  struct Kept {
    std::uint64_t likeness = 0;
    bool used = false;
    ExchangeRow row;  // as it was shown first; its time is the latest one's
    WallTime window_begin{};
    std::uint64_t counted = 0;  // since it was shown
    Nanoseconds total{0};
  };
  void settle_row(Kept& kept);

  Show show_;
  std::array<Kept, kMaxRows> rows_;
};

}  // namespace exotap
