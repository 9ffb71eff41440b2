// Lets one thread of a test wait for another: counted, and bounded.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace exotap::test {

class Signal {
 public:
  void raise(std::uint64_t by = 1) {
    const std::lock_guard lock(mutex_);
    count_ += by;
    changed_.notify_all();
  }
  // False where the count is not reached within the patience.
  bool wait(std::uint64_t count = 1) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return count_ >= count; });
  }
  [[nodiscard]] std::uint64_t count() {
    const std::lock_guard lock(mutex_);
    return count_;
  }
  // What the count is once it has not changed for this long: whoever raises it has come to wait.
  std::uint64_t settled(std::chrono::milliseconds still) {
    std::unique_lock lock(mutex_);
    std::uint64_t seen = count_;
    while (changed_.wait_for(lock, still, [&] { return count_ != seen; })) seen = count_;
    return seen;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t count_ = 0;
};

}  // namespace exotap::test
