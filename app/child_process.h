// A program started beside this one, its output read line by line. One implementation a platform.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace exotap {

// This program's own file, to start another of itself. Throws std::filesystem::filesystem_error
// where the system does not tell.
[[nodiscard]] std::filesystem::path own_executable();

// What the child reads from: what this process reads from, or nothing.
enum class ChildInput : bool { inherited, none };

// What it says on standard output and on standard error comes as one stream; the environment is
// this process's. The destructor ends the child at once if it still runs. `read_line` may be called
// by one other thread; it returns when the child ends.
class ChildProcess {
 public:
  // Throws std::system_error where it cannot be started.
  ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments,
               ChildInput input = ChildInput::inherited);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  static constexpr std::size_t kMaxLine = 64 * 1024;  // longer ones come in parts

  // Blocks for the next line, without its end. False when the child has closed its output.
  bool read_line(std::string& line);

  // Waits for its own end, no longer than `limit`, then ends it (SIGTERM, at once SIGKILL). Returns
  // as stop() does.
  int wait(std::chrono::milliseconds limit);

  // Asks it to end (SIGTERM) and waits no longer than `limit`, then ends it (SIGKILL). Returns its
  // exit code; 128 and the signal's number where a signal ended it. Later calls return the same.
  int stop(std::chrono::milliseconds limit);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace exotap
