#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <system_error>
#include <thread>

#include "app/child_process.h"
#include "app/run_program.h"

namespace exotap {
namespace {

constexpr int kNotFound = 127;  // as shells say
constexpr std::chrono::milliseconds kEndWithin{500};

bool is_program(const std::filesystem::path& file) {
  std::error_code unknown;
  return std::filesystem::is_regular_file(file, unknown) && ::access(file.c_str(), X_OK) == 0;
}

// Ends the child when its time is over, so that reading from it ends, too.
class Watch {
 public:
  Watch(ChildProcess& child, std::chrono::milliseconds limit)
      : thread_([this, &child, limit] {
          std::unique_lock lock(mutex_);
          if (!changed_.wait_for(lock, limit, [this] { return done_; })) child.stop(kEndWithin);
        }) {}
  ~Watch() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

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
  try {
    ChildProcess child(*file, {words.begin() + 1, words.end()}, ChildInput::none);
    {
      const Watch watch(child, limit);
      for (std::string line; child.read_line(line);) {
        if (result.output.size() + line.size() >= kMaxProgramOutput) continue;
        result.output += line;
        result.output += '\n';
      }
    }
    result.exit_code = child.wait(kEndWithin);
  } catch (const std::system_error& error) {
    result.exit_code = kNotFound;
    result.output = words.front() + ": " + error.code().message();
  }
  return result;
}

}  // namespace exotap
