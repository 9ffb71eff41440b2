// The child's words among the demo's own: one writer at a time, the child's lines indented.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

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

  // The port of the child's ready line, nullopt where it ended or the limit passed without one:
  // then what it said before is shown, for it says why. Of a child that is ready neither the ready
  // line nor what came before it is of interest.
  std::optional<std::uint16_t> wait_for_port(std::chrono::milliseconds limit);

  // Waits until the child has said nothing for `quiet`, no longer than `limit`.
  void wait_until_quiet(std::chrono::milliseconds quiet, std::chrono::milliseconds limit);

  // The demo's own words. An empty line in front is left out behind one of the child's.
  void say(std::string_view text);

 private:
  static constexpr std::size_t kMaxBefore = 64;

  void relay();
  void show(const std::string& line);

  ChildProcess& child_;
  std::ostream& out_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::uint16_t> port_;
  bool ended_ = false;
  bool behind_empty_line_ = false;
  std::vector<std::string> before_;  // what came before the ready line
  std::uint64_t lines_ = 0;
  std::thread thread_;
};

}  // namespace exotap
