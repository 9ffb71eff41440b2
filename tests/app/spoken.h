// A command, run as the program runs it, and what it said.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "app/command.h"

namespace exotap {

struct Spoken {
  int code = -1;
  std::string out;  // what it was given to speak to
  std::string errors;
  std::string console;  // what it wrote to the program's standard output
  [[nodiscard]] auto error_lines() const { return std::count(errors.begin(), errors.end(), '\n'); }
};

template <class Command>
Spoken speak(Command command, const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream errors;
  Spoken spoken;
  testing::internal::CaptureStdout();
  spoken.code = command(words, Terminal{out, errors});
  spoken.console = testing::internal::GetCapturedStdout();
  spoken.out = out.str();
  spoken.errors = errors.str();
  return spoken;
}

}  // namespace exotap
