// Reads rule files from disk, as `--rules DIR` names them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "rules/loading/rule_loader.h"
#include "rules/reading/load_report.h"

namespace exotap {

struct RuleFile {
  std::string file;
  std::string text;
  [[nodiscard]] RuleSource source() const { return {file, text}; }
};

inline constexpr std::size_t kMaxRuleFiles = 5000;
// Beside rules stand the stories that prove them: what is in a folder of this name is no rule.
inline constexpr std::string_view kStoriesFolder = "stories";

// Every .yml and .yaml file in `where` and below, but for what is in a hidden folder or one called
// `stories`, in the order of their paths, or the one file that `where` is. What cannot be read is
// an error in `report`; so is a folder without rules. The folder "messages" of `where` holds no
// rules, and is left out.
[[nodiscard]] std::vector<RuleFile> read_rule_files(const std::filesystem::path& where,
                                                    LoadReport& report);

// The files of `where`/messages/`language`: the rules' texts in that language. None where there is
// no such folder.
[[nodiscard]] std::vector<RuleFile> read_message_files(const std::filesystem::path& where,
                                                       std::string_view language,
                                                       LoadReport& report);

}  // namespace exotap
