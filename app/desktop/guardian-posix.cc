#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>
#include <thread>

#include "app/desktop/guardian.h"

extern char** environ;

namespace exotap {
namespace {

// A child that finds nothing to do takes milliseconds; nobody waits for one that does not end.
constexpr std::chrono::seconds kPatience{2};
constexpr std::chrono::milliseconds kLookAgain{1};

std::string text_of(int error) { return std::generic_category().message(error); }

std::vector<char*> pointers(std::string& program, std::vector<std::string>& words) {
  std::vector<char*> made = {program.data()};
  for (std::string& word : words) made.push_back(word.data());
  made.push_back(nullptr);
  return made;
}

}  // namespace

std::string Guardian::start(const std::filesystem::path& program,
                            const std::vector<std::string>& words) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return text_of(errno);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  // Sockets above all: a dead exotap's port must refuse, not wait.
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  std::string name = program.string();
  std::vector<std::string> own = words;
  pid_t child = 0;
  const int error = ::posix_spawn(&child, name.c_str(), &actions, &attributes,
                                  pointers(name, own).data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[0]);
  if (error != 0) {
    ::close(ends[1]);
    return text_of(error);
  }
  input_ = ends[1];
  process_ = child;
  return {};
}

Guardian::~Guardian() {
  if (input_ < 0) return;
  ::close(input_);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (::waitpid(static_cast<pid_t>(process_), nullptr, WNOHANG) == 0 &&
         std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kLookAgain);
  }
}

void wait_for_end_of_input(const char* name) {
  sigset_t set;
  sigemptyset(&set);
  for (const int request : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&set, request);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  pthread_setname_np(pthread_self(), name);
  std::array<char, 64> bytes{};
  ssize_t size = 0;
  do {
    size = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  } while (size > 0 || (size < 0 && errno == EINTR));
}

}  // namespace exotap
