// The console on standard output, as the options and the terminal want it.
#pragma once

#include <memory>
#include <string>

#include "app/console/console.h"
#include "app/run_options.h"

namespace exotap {

struct StandardConsole {
  std::unique_ptr<Screen> screen;
  std::unique_ptr<Console> console;
};

// `redaction` outlives it; `run` is the log's.
[[nodiscard]] StandardConsole make_standard_console(ConsoleFormat format, bool quiet,
                                                    Redaction& redaction, std::string run,
                                                    const Wording& words = english());

}  // namespace exotap
