// `exotap rules test DIR`: runs the stories that the rules below a folder name.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"

namespace exotap {

struct RuleStoriesOptions {
  std::string folder;                // or one file
  std::vector<std::string> stories;  // folders; see story_folders()
  bool alone = false;                // without the built-in rules
  bool quiet = false;                // failures and the summary only
};

// Where stories of the rules in `folder` are looked for where none are given: the folder `stories`
// in it or beside it, and `tests/flows` of each folder above it, those of them that exist.
[[nodiscard]] std::vector<std::string> story_folders(const std::string& folder);

// Says of every rule that fires by itself whether it does in the stories it names under
// `tests.fires` and is silent in those under `tests.silent`, and where not, why not. The exit code:
// 0 where all do, 1 where one fails or has no story, 2 where a rule does not load, 4 where rules or
// a story cannot be read.
int test_rules(const RuleStoriesOptions& options, Terminal terminal);

}  // namespace exotap
