// Gives back how this thread meets signals, and how many files it may open: what a running exotap
// changes for good must not change the tests after it.
#pragma once

#include <pthread.h>
#include <sys/resource.h>

#include <csignal>

namespace exotap {

class KeptSignals {
 public:
  KeptSignals() {
    pthread_sigmask(SIG_SETMASK, nullptr, &mask_);
    sigaction(SIGPIPE, nullptr, &broken_pipe_);
    getrlimit(RLIMIT_NOFILE, &files_);
  }
  ~KeptSignals() {
    setrlimit(RLIMIT_NOFILE, &files_);
    sigaction(SIGPIPE, &broken_pipe_, nullptr);
    pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
  }
  KeptSignals(const KeptSignals&) = delete;
  KeptSignals& operator=(const KeptSignals&) = delete;

 private:
  sigset_t mask_{};
  struct sigaction broken_pipe_ {};
  rlimit files_{};
};

}  // namespace exotap
