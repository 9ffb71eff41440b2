// `exotap rules check DIR`: whether the rules below a folder load, and whether each can ever fire
// here.
#pragma once

#include <string>

#include "app/command.h"

namespace exotap {

struct RuleCheckOptions {
  std::string folder;  // or one file
  bool alone = false;  // without the built-in rules
  bool quiet = false;  // says nothing of rules that load but cannot be evaluated
};

// Every broken rule, every rule that cannot be evaluated here with the reason, and a summary line.
// The exit code: 0 where none is broken, 1 where one is, 4 where the folder cannot be read.
int check_rules(const RuleCheckOptions& options, Terminal terminal);

}  // namespace exotap
