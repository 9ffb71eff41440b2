// `exotap analyze FILE --why EVENT`: what the rules make of one exchange, statement by statement;
// `--facts EVENT`: what is known of it; `--events`: which exchanges there are.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"

namespace exotap {

struct WhyOptions {
  enum class Ask { why, facts, events };

  Ask ask = Ask::why;
  std::vector<std::string> files;  // session logs, or stories (.yml)
  std::vector<std::string> rules;  // folders beside the built-in rules
  std::string event;  // `event.id` as the log has it, or the number at its end; not of events
  std::string rule;   // name or id; empty: those that fire, and those nearly
};

// The exit code: 0; 1 where no file has such an event; 2 where a rule is broken or there is none of
// that name; 4 where a file cannot be read.
int tell_why(const WhyOptions& options, Terminal terminal);

}  // namespace exotap
