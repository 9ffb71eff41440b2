// The Tap between the I/O threads and the analysis thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "capture/bounded_queue.h"
#include "capture/sink.h"
#include "capture/tap.h"

namespace exotap {

// Roughly what an exchange occupies: what the queue's bound in bytes counts.
[[nodiscard]] std::size_t memory_of(const Exchange& exchange);

struct QueueLimits {
  std::size_t exchanges = 8192;
  std::size_t bytes = 64U << 20U;
  // How long a woken consumer lets more come together before it drains, so that a busy proxy
  // wakes it a few hundred times a second and not once an exchange.
  std::chrono::microseconds gather{1000};
};

// offer() may be called from any thread, takes no lock and wakes the consumer only if it sleeps.
// What has no room is dropped and counted; what has nothing to do with mail is dropped first, when
// three quarters of the bytes or of the places are taken. Everything else is the consumer's: one
// thread. Never throws but for memory, offer() not even then.
class AnalysisQueue : public Tap {
 public:
  explicit AnalysisQueue(QueueLimits limits = {});

  void offer(ExchangePtr exchange) noexcept override;

  // Appends everything that is there to `batch`, in the order it came. Waits for something, at
  // most for `patience`; false where nothing came.
  bool drain(std::vector<ExchangePtr>& batch, std::chrono::milliseconds patience);

  // What was dropped since the last time it was asked; nullopt where nothing was.
  [[nodiscard]] std::optional<Gap> take_gap();

  // Wakes the consumer for good: drain() no longer waits. Any thread.
  void close() noexcept;
  [[nodiscard]] bool closed() const { return closed_.load(std::memory_order_acquire); }

 private:
  [[nodiscard]] bool has_room(const Exchange& exchange, std::size_t size) noexcept;
  void drop(std::size_t size) noexcept;
  void wake() noexcept;
  bool take_all(std::vector<ExchangePtr>& batch);

  const QueueLimits limits_;
  BoundedQueue<ExchangePtr> queue_;
  alignas(64) std::atomic<std::size_t> waiting_{0};  // exchanges in the queue
  std::atomic<std::size_t> waiting_bytes_{0};
  alignas(64) std::atomic<std::uint64_t> dropped_{0};
  std::atomic<std::uint64_t> dropped_bytes_{0};
  alignas(64) std::atomic<bool> asleep_{false};
  std::atomic<bool> closed_{false};
  std::mutex mutex_;
  std::condition_variable awake_;
};

}  // namespace exotap
