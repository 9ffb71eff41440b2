// A command that has something to clean up asks here whether the user wants it to end. One
// implementation a platform.
#pragma once

namespace exotap {

// While one lives, Ctrl-C, SIGTERM and SIGHUP only set a flag, and a closed output is an error of
// the write. One at a time in a program.
class Interruption {
 public:
  Interruption();
  ~Interruption();  // as it was before
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  [[nodiscard]] bool asked() const;
};

}  // namespace exotap
