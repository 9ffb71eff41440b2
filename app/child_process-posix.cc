#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <optional>
#include <system_error>
#include <thread>

#include "app/child_process.h"

extern char** environ;

namespace exotap {
namespace {

constexpr std::size_t kReadSize = 4096;
constexpr std::chrono::milliseconds kLookAgain{10};
constexpr std::chrono::milliseconds kLookSoon{1};  // for a child that has closed its output

void check(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

// The child starts with default signals and none blocked, whatever this process has set.
struct Attributes {
  posix_spawnattr_t value{};
  Attributes() {
    check(posix_spawnattr_init(&value), "posix_spawnattr_init");
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&value, &none);
    sigset_t all;
    sigemptyset(&all);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) sigaddset(&all, signal);
    posix_spawnattr_setsigdefault(&value, &all);
    posix_spawnattr_setflags(&value, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Attributes() { posix_spawnattr_destroy(&value); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
};

struct Actions {
  posix_spawn_file_actions_t value{};
  Actions(int output, ChildInput input) {
    check(posix_spawn_file_actions_init(&value), "posix_spawn_file_actions_init");
    if (input == ChildInput::none) {
      posix_spawn_file_actions_addopen(&value, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    }
    posix_spawn_file_actions_adddup2(&value, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&value, output, STDERR_FILENO);
    // Asio's sockets are not closed by themselves: a connection would stay open, and the port
    // taken, for as long as the child lives.
    posix_spawn_file_actions_addclosefrom_np(&value, STDERR_FILENO + 1);
  }
  ~Actions() { posix_spawn_file_actions_destroy(&value); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
};

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::filesystem::path own_executable() {
  const std::filesystem::path link = "/proc/self/exe";
  std::filesystem::path file = std::filesystem::read_symlink(link);
  // A program that was replaced while it runs still starts by this link.
  return std::filesystem::exists(file) ? file : link;
}

struct ChildProcess::State {
  pid_t pid = -1;
  int output = -1;
  std::string unread;
  std::optional<int> exit_code;

  bool look(int options) {
    if (exit_code) return true;
    int status = 0;
    pid_t ended = 0;
    do {
      ended = ::waitpid(pid, &status, options);
    } while (ended < 0 && errno == EINTR);
    if (ended == pid) exit_code = exit_code_of(status);
    return exit_code.has_value();
  }
};

ChildProcess::ChildProcess(const std::filesystem::path& program,
                           const std::vector<std::string>& arguments, ChildInput input)
    : state_(std::make_unique<State>()) {
  std::array<int, 2> ends{};
  check(::pipe(ends.data()) == 0 ? 0 : errno, "pipe");
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  state_->output = ends[0];
  std::string name = program.string();
  std::vector<std::string> words = arguments;
  std::vector<char*> argv = {name.data()};
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const Attributes attributes;
  const Actions actions(ends[1], input);
  const int error = ::posix_spawn(&state_->pid, name.c_str(), &actions.value, &attributes.value,
                                  argv.data(), environ);
  ::close(ends[1]);
  if (error != 0) {
    ::close(ends[0]);
    check(error, "posix_spawn");
  }
}

ChildProcess::~ChildProcess() {
  stop(std::chrono::milliseconds(0));
  ::close(state_->output);
}

bool ChildProcess::read_line(std::string& line) {
  std::string& unread = state_->unread;
  for (;;) {
    const auto end = unread.find('\n');
    if (end != std::string::npos || unread.size() >= kMaxLine) {
      line = unread.substr(0, end);
      unread.erase(0, end == std::string::npos ? unread.size() : end + 1);
      return true;
    }
    std::array<char, kReadSize> bytes{};
    const ssize_t size = ::read(state_->output, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) {
      line.swap(unread);
      unread.clear();
      return !line.empty();  // a last line without an end
    }
    unread.append(bytes.data(), static_cast<std::size_t>(size));
  }
}

int ChildProcess::wait(std::chrono::milliseconds limit) {
  State& s = *state_;
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!s.look(WNOHANG) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kLookSoon);
  }
  return stop(std::chrono::milliseconds(0));
}

int ChildProcess::stop(std::chrono::milliseconds limit) {
  State& s = *state_;
  const auto deadline = std::chrono::steady_clock::now() + limit;
  if (!s.look(WNOHANG)) ::kill(s.pid, SIGTERM);
  while (!s.look(WNOHANG) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kLookAgain);
  }
  if (!s.look(WNOHANG)) {
    ::kill(s.pid, SIGKILL);
    s.look(0);
  }
  return s.exit_code.value_or(0);
}

}  // namespace exotap
