#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "app/desktop/program_run.h"
#include "app/run_program.h"

namespace exotap {
namespace {

constexpr int kNotFound = 127;  // as shells say

bool is_program(const std::filesystem::path& file) {
  std::error_code unknown;
  return std::filesystem::is_regular_file(file, unknown) && ::access(file.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<std::filesystem::path> find_program(std::string_view name) {
  if (name.empty()) return std::nullopt;
  if (name.find('/') != std::string_view::npos) {
    const std::filesystem::path file(name);
    return is_program(file) ? std::optional(file) : std::nullopt;
  }
  const char* variable = std::getenv("PATH");
  std::string folders = variable == nullptr ? "" : variable;
  folders += ":/usr/sbin:/sbin:/usr/bin:/bin";
  for (std::size_t at = 0; at <= folders.size();) {
    const std::size_t end = std::min(folders.find(':', at), folders.size());
    const std::filesystem::path folder = folders.substr(at, end - at);
    // A relative folder would run what lies in the folder exotap was started in.
    if (folder.is_absolute() && is_program(folder / name)) return folder / name;
    at = end + 1;
  }
  return std::nullopt;
}

ProgramResult run_program_to_end(const std::vector<std::string>& words,
                                 std::chrono::milliseconds limit) {
  ProgramResult result;
  const auto file = words.empty() ? std::nullopt : find_program(words.front());
  if (!file) {
    result.exit_code = kNotFound;
    result.output = (words.empty() ? std::string() : words.front() + ": ") + "no such program";
    return result;
  }
  const ProgramRun run = run_program(file->string(), {words.begin() + 1, words.end()}, limit);
  result.exit_code = run.started ? run.exit_code : kNotFound;
  result.output = run.started ? run.out + run.errors : words.front() + ": cannot be run";
  return result;
}

}  // namespace exotap
