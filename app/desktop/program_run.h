// A program of the system run to its end, for what it says. One implementation a platform.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace exotap {

struct ProgramRun {
  bool started = false;  // false: there is no such program, or it may not be run
  bool timed_out = false;
  int exit_code = 0;  // 128 and the signal's number where a signal ended it
  std::string out;    // at most kMaxSaid bytes of each
  std::string errors;

  [[nodiscard]] bool succeeded() const { return started && !timed_out && exit_code == 0; }
};

inline constexpr std::size_t kMaxSaid = 2U << 20U;  // a browser's store may be long

// Looks `program` up in the user's PATH; no shell is between. Its input is empty, it speaks
// English and UTF-8, and a Ctrl-C meant for exotap does not reach it. Blocks until it has ended;
// after `limit` it is killed.
[[nodiscard]] ProgramRun run_program(const std::string& program,
                                     const std::vector<std::string>& arguments,
                                     std::chrono::milliseconds limit);

}  // namespace exotap
