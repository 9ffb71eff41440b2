#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>

#include "app/desktop/program_run.h"

extern char** environ;

namespace exotap {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (::pipe(ends.data()) != 0) ends = {-1, -1};
    for (const int end : ends) {
      if (end >= 0) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_end(std::size_t end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
};

// This process's environment, but for the language: messages are read by exotap, and values may
// hold any character.
std::vector<std::string> environment() {
  std::vector<std::string> all = {"LC_ALL=C.UTF-8"};
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!text.starts_with("LC_ALL=") && !text.starts_with("LANGUAGE=")) all.emplace_back(text);
  }
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> made;
  for (std::string& text : texts) made.push_back(text.data());
  made.push_back(nullptr);
  return made;
}

// -1 where it cannot be started.
pid_t spawn(const std::string& program, const std::vector<std::string>& arguments, int out,
            int errors) {
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  // A group of its own keeps the terminal's Ctrl-C from it; our blocked signals are not inherited.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t set;
  sigemptyset(&set);
  posix_spawnattr_setsigmask(&attributes, &set);
  sigaddset(&set, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &set);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  pid_t child = -1;
  const int error = ::posix_spawnp(&child, program.c_str(), &actions, &attributes,
                                   pointers(words).data(), pointers(variables).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? child : -1;
}

// Reads what there is; closes the end at its end. What is over the bound is read and dropped.
void drain(Pipe& pipe, std::string& into) {
  std::array<char, 4096> bytes{};
  const ssize_t size = ::read(pipe.ends[0], bytes.data(), bytes.size());
  if (size < 0 && errno == EINTR) return;
  if (size <= 0) return pipe.close_end(0);
  const std::size_t room = kMaxSaid - into.size();
  into.append(bytes.data(), std::min(room, static_cast<std::size_t>(size)));
}

}  // namespace

ProgramRun run_program(const std::string& program, const std::vector<std::string>& arguments,
                       std::chrono::milliseconds limit) {
  ProgramRun run;
  Pipe out;
  Pipe errors;
  if (out.ends[0] < 0 || errors.ends[0] < 0) return run;
  const pid_t child = spawn(program, arguments, out.ends[1], errors.ends[1]);
  if (child < 0) return run;
  run.started = true;
  out.close_end(1);
  errors.close_end(1);
  const auto deadline = Clock::now() + limit;
  while (out.ends[0] >= 0 || errors.ends[0] >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) {
      run.timed_out = true;
      ::kill(-child, SIGKILL);
      break;
    }
    std::array<pollfd, 2> waited = {{{out.ends[0], POLLIN, 0}, {errors.ends[0], POLLIN, 0}}};
    if (::poll(waited.data(), waited.size(), static_cast<int>(left)) <= 0) continue;
    if (waited[0].revents != 0) drain(out, run.out);
    if (waited[1].revents != 0) drain(errors, run.errors);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return run;
}

}  // namespace exotap
