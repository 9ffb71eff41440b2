// The program's commands: name, one line, and what runs them.
#pragma once

#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace exotap {

// Where a command speaks to.
struct Terminal {
  std::ostream& out;
  std::ostream& errors;
};

struct Command {
  std::string_view name;
  std::string_view summary;
  // The words after the command's name; returns the exit code.
  int (*run)(std::span<const std::string> words, Terminal terminal);
};

[[nodiscard]] std::span<const Command> commands();

// Runs the command that the first word names, or says what there is. Never throws: what a command
// throws is one line on `errors` and exit code 3.
int run_program(std::span<const std::string> words, Terminal terminal);

}  // namespace exotap
