// The child's words among the demo's own: one writer at a time, the child's lines indented.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <ostream>
#include <string_view>
#include <thread>

#include "app/child_process.h"

namespace exotap {

// Reads on a thread of its own until the child closes its output. The destructor ends a child that
// nobody stopped before. Child and stream outlive it.
class RelayedOutput {
 public:
  RelayedOutput(ChildProcess& child, std::ostream& out);
  ~RelayedOutput();
  RelayedOutput(const RelayedOutput&) = delete;
  RelayedOutput& operator=(const RelayedOutput&) = delete;

  // The port of the child's ready line, nullopt where it ended or the limit passed without one.
  // The ready line itself is not shown.
  std::optional<std::uint16_t> wait_for_port(std::chrono::milliseconds limit);

  // Waits until the child has said nothing for `quiet`, no longer than `limit`.
  void wait_until_quiet(std::chrono::milliseconds quiet, std::chrono::milliseconds limit);

  void say(std::string_view text);

 private:
  void relay();

  ChildProcess& child_;
  std::ostream& out_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::uint16_t> port_;
  bool ended_ = false;
  std::uint64_t lines_ = 0;
  std::thread thread_;
};

}  // namespace exotap
