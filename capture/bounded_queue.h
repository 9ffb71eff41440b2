// A queue of a bounded number of items from many threads to one: without locks, without waiting,
// without allocating once it is made.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <utility>

namespace exotap {

// push() from any thread, pop() from one. Every slot carries the number of the turn it is ready
// for (after Dmitry Vyukov's bounded queue): a producer takes a ticket, fills its slot, and passes
// the slot on; nobody waits for a producer that was put to sleep in between but the consumer, to
// whom the queue looks empty from there on.
template <typename T>
class BoundedQueue {
 public:
  // Holds at least `capacity` items (the next power of two).
  explicit BoundedQueue(std::size_t capacity)
      : mask_(std::bit_ceil(capacity < 2 ? std::size_t{2} : capacity) - 1),
        slots_(std::make_unique<Slot[]>(mask_ + 1)) {
    for (std::size_t i = 0; i <= mask_; ++i) slots_[i].turn.store(i, std::memory_order_relaxed);
  }

  // False where the queue is full; `item` is then as it was.
  [[nodiscard]] bool push(T& item) noexcept {
    std::size_t ticket = tail_.load(std::memory_order_relaxed);
    for (;;) {
      Slot& slot = slots_[ticket & mask_];
      const std::size_t turn = slot.turn.load(std::memory_order_acquire);
      if (turn == ticket) {
        if (tail_.compare_exchange_weak(ticket, ticket + 1, std::memory_order_relaxed)) {
          slot.item = std::move(item);
          slot.turn.store(ticket + 1, std::memory_order_release);
          return true;
        }
      } else if (static_cast<std::ptrdiff_t>(turn - ticket) < 0) {
        return false;
      } else {
        ticket = tail_.load(std::memory_order_relaxed);
      }
    }
  }

  // False where there is nothing to take.
  [[nodiscard]] bool pop(T& item) noexcept {
    Slot& slot = slots_[head_ & mask_];
    if (slot.turn.load(std::memory_order_acquire) != head_ + 1) return false;
    item = std::move(slot.item);
    slot.turn.store(head_ + mask_ + 1, std::memory_order_release);
    ++head_;
    return true;
  }

  // The consumer's: whether pop() would find nothing.
  [[nodiscard]] bool empty() const noexcept {
    return slots_[head_ & mask_].turn.load(std::memory_order_acquire) != head_ + 1;
  }

  [[nodiscard]] std::size_t capacity() const { return mask_ + 1; }

 private:
  // Apart by a cache line, or producers would take each other's slots out of their caches.
  struct alignas(64) Slot {
    std::atomic<std::size_t> turn{0};
    T item{};
  };

  const std::size_t mask_;
  const std::unique_ptr<Slot[]> slots_;
  alignas(64) std::atomic<std::size_t> tail_{0};  // the next ticket
  alignas(64) std::size_t head_ = 0;              // the consumer's next
};

}  // namespace exotap
