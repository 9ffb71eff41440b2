#include <array>
#include <csignal>

#include "app/interruption.h"

namespace exotap {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
// A signal handler may touch no more than this (C++ [support.signal]).
volatile std::sig_atomic_t interrupted = 0;
std::array<struct sigaction, kSignals.size()> before;

extern "C" void exotap_interrupt(int) { interrupted = 1; }

}  // namespace

Interruption::Interruption() {
  interrupted = 0;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction action {};
    action.sa_handler = kSignals[i] == SIGPIPE ? SIG_IGN : exotap_interrupt;
    sigemptyset(&action.sa_mask);
    sigaction(kSignals[i], &action, &before[i]);
  }
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before[i], nullptr);
}

bool Interruption::asked() const { return interrupted != 0; }

}  // namespace exotap
