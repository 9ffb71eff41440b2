// The rules below a folder, loaded as far as they can be: for `exotap rules check` and `test`.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "rules/judging/rule_set.h"
#include "rules/loading/rule_files.h"
#include "rules/reading/load_report.h"

namespace exotap {

struct LoadedFolder {
  std::vector<RuleFile> files;
  std::vector<LoadMessage> unreadable;  // files and folders; what else there is was read
  std::vector<LoadMessage> errors;      // in the order of the files
  std::vector<LoadMessage> warnings;
  std::set<std::string> broken;       // the files that errors are about
  std::set<std::string> unsupported;  // of these, where all errors are LoadMessage::unsupported
  // All that loads: those of the folder whose file is not broken, and the built-in ones unless
  // alone. Null where nothing does.
  std::unique_ptr<const RuleSet> rules;

  [[nodiscard]] bool holds(const Rule& rule) const { return names.contains(rule.file); }
  std::set<std::string> names;  // of the files
};

// A broken file spoils only itself, and what refers to its rules. `folder` may be one file.
[[nodiscard]] LoadedFolder load_folder(const std::string& folder, bool alone);

}  // namespace exotap
