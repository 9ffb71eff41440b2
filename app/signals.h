// What the system asks of a running exotap. One implementation a platform.
#pragma once

#include <cstddef>

namespace exotap {

enum class Request {
  stop,    // SIGINT, SIGTERM; Ctrl-C
  reload,  // SIGHUP; but `stop` where the terminal it was started in is gone, which sends that,
           // too; not under nohup
};

// Made in main() before any thread is: all threads then leave these signals to wait(). A broken
// pipe is an error of the write, not the end of the program.
class Signals {
 public:
  Signals();
  // Blocks until the next request. The main thread's.
  [[nodiscard]] Request wait();

 private:
  bool had_terminal_;  // and wants to end with it
};

// As many open files as the system allows this process (desktops default to 1,024), and how many
// that are.
std::size_t allow_many_files();

}  // namespace exotap
