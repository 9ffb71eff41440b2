// What the program says while it runs: a sink that also greets, warns and sums up.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/console/screen.h"
#include "app/console/style.h"
#include "capture/redaction.h"
#include "capture/sink.h"

namespace exotap {

// What the end says besides what the console saw itself.
struct RunEnd {
  std::string log;  // where the session log is; empty where there is none
  std::uint64_t log_lines = 0;
};

// One thread at a time: listening() before the analysis thread starts, finish() when it has ended,
// everything else on it. What is told is written with flush(), at once where much has come.
class Console : public Sink {
 public:
  // The ready line, written at once.
  virtual void listening(std::string_view address, std::uint16_t port) = 0;
  // A word from exotap itself: "the log is not written: ...".
  virtual void notice(std::string_view message) = 0;
  // The last words; once.
  virtual void finish(const RunEnd& end) = 0;
};

// What the consoles ask of the world outside; tests give them another one.
struct ConsoleWorld {
  std::function<WallTime()> now = [] { return std::chrono::system_clock::now(); };
  std::function<std::chrono::steady_clock::time_point()> ticks = [] {
    return std::chrono::steady_clock::now();
  };
  // Client connections open now; empty where nobody counts.
  std::function<std::uint64_t()> open_connections;
};

// For people. `redaction` and `screen` outlive the console. `quiet`: findings only.
[[nodiscard]] std::unique_ptr<Console> make_text_console(Screen& screen, Style style,
                                                         Redaction& redaction, bool quiet,
                                                         ConsoleWorld world = {});

// For programs: one JSON object a line, the keys of the log (interface.md). `run` is the log's.
[[nodiscard]] std::unique_ptr<Console> make_json_console(Screen& screen, Redaction& redaction,
                                                         std::string run, bool quiet,
                                                         ConsoleWorld world = {});

}  // namespace exotap
