#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "app/signals.h"

namespace exotap {
namespace {

sigset_t requests() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

// A process whose terminal is gone has none any more.
bool has_terminal() {
  const int terminal = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) return false;
  ::close(terminal);
  return true;
}

// nohup says so: whoever starts it that way wants it to outlive the window.
bool ignores_hangup() {
  struct sigaction before {};
  return ::sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
}

}  // namespace

Signals::Signals() : had_terminal_(!ignores_hangup() && has_terminal()) {
  const sigset_t set = requests();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

Request Signals::wait() {
  const sigset_t set = requests();
  int signal = 0;
  while (sigwait(&set, &signal) != 0) {
  }
  // Who closes the window does not expect that somebody unseen goes on opening TLS.
  const bool window_closed = had_terminal_ && !has_terminal();
  return signal == SIGHUP && !window_closed ? Request::reload : Request::stop;
}

std::size_t allow_many_files() {
  constexpr std::size_t kUsual = 1024;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return kUsual;
  const rlim_t before = limit.rlim_cur;
  limit.rlim_cur = limit.rlim_max;
  return static_cast<std::size_t>(setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before);
}

}  // namespace exotap
