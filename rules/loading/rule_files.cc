#include "rules/loading/rule_files.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "rules/reading/yaml.h"

namespace exotap {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMessages = "messages";

bool is_rule_file(const fs::path& path) {
  return path.extension() == ".yml" || path.extension() == ".yaml";
}

std::vector<fs::path> find_rule_files(const fs::path& folder, LoadReport& report) {
  std::vector<fs::path> paths;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code of_type;
    const fs::path name = entry->path().filename();
    // What begins with a dot is hidden, as of a version control.
    const bool hidden = name.string().starts_with('.');
    const bool is_messages = entry.depth() == 0 && name == kMessages;
    if (entry->is_directory(of_type) && (hidden || is_messages || name == kStoriesFolder)) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file(of_type) || !is_rule_file(entry->path())) continue;
    if (paths.size() >= kMaxRuleFiles) {
      report.error(folder.string(), 0,
                   "more than " + std::to_string(kMaxRuleFiles) + " rule files");
      return paths;
    }
    paths.push_back(entry->path());
  }
  if (error) report.error(folder.string(), 0, "cannot read the folder: " + error.message());
  if (!error && paths.empty()) report.error(folder.string(), 0, "no .yml file in it");
  std::ranges::sort(paths);
  return paths;
}

// One byte more than a file may have, so that the reader of its YAML sees that it is too large.
void read_file(const fs::path& path, std::vector<RuleFile>& files, LoadReport& report) {
  RuleFile file;
  file.file = path.generic_string();
  std::ifstream in(path, std::ios::binary);
  file.text.resize(kMaxYamlBytes + 1);
  in.read(file.text.data(), static_cast<std::streamsize>(file.text.size()));
  if (!in && !in.eof()) {
    report.error(file.file, 0, "cannot be read");
    return;
  }
  file.text.resize(static_cast<std::size_t>(in.gcount()));
  file.text.shrink_to_fit();
  files.push_back(std::move(file));
}

}  // namespace

std::vector<RuleFile> read_rule_files(const fs::path& where, LoadReport& report) {
  std::vector<RuleFile> files;
  std::error_code error;
  const fs::file_status status = fs::status(where, error);
  if (!fs::exists(status)) {
    report.error(where.generic_string(), 0, "there is no such file or folder");
  } else if (fs::is_directory(status)) {
    for (const fs::path& path : find_rule_files(where, report)) read_file(path, files, report);
  } else {
    read_file(where, files, report);
  }
  return files;
}

std::vector<RuleFile> read_message_files(const fs::path& where, std::string_view language,
                                         LoadReport& report) {
  std::vector<RuleFile> files;
  const fs::path folder = where / kMessages / language;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return files;
  for (const fs::path& path : find_rule_files(folder, report)) read_file(path, files, report);
  return files;
}

}  // namespace exotap
