#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

#include "app/desktop/process_mark.h"

namespace exotap {
namespace {

constexpr int kStateField = 3;  // proc(5), /proc/PID/stat; the second is the name, in parentheses
constexpr int kStartField = 22;
constexpr std::chrono::milliseconds kLookAgain{10};

std::string contents(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The system's start and the process's within it, in ticks. Empty where there is no such process,
// or only what its parent has not looked at yet.
std::string begin_of(std::int64_t id) {
  const std::string stat = contents("/proc/" + std::to_string(id) + "/stat");
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream fields(stat.substr(name_end + 1));
  std::string field;
  for (int number = kStateField; number <= kStartField; ++number) {
    if (!(fields >> field)) return {};
    if (number == kStateField && (field == "Z" || field == "X")) return {};
  }
  std::string boot = contents("/proc/sys/kernel/random/boot_id");
  while (boot.ends_with('\n')) boot.pop_back();
  return boot + ":" + field;
}

}  // namespace

ProcessMark this_process() { return {::getpid(), begin_of(::getpid())}; }

bool is_running(const ProcessMark& process) {
  return process.id > 0 && !process.begun.empty() && begin_of(process.id) == process.begun;
}

bool outlives(const ProcessMark& process, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (is_running(process)) {
    if (std::chrono::steady_clock::now() >= deadline) return true;
    std::this_thread::sleep_for(kLookAgain);
  }
  return false;
}

}  // namespace exotap
