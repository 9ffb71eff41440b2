// One question to a server, answered as an Exchange of its own.
#pragma once

#include <memory>

#include "proxy/wire/connection_record.h"
#include "proxy/wire/probe/probe_attempt.h"

namespace exotap::wire {

// Of each attempt; a control that gets through makes two.
inline constexpr std::chrono::seconds kProbePatience{10};

// Lives on one I/O thread, at least until run() has returned; run() is called once.
class Probe {
 public:
  Probe(IoThread& thread, ProbeRequest request) : thread_(thread), request_(std::move(request)) {}

  [[nodiscard]] Task<void> run();
  // Ends it now; run() returns soon.
  void cancel();
  // After run(): what it found, with Exchange::probe. A certificate that could not be had is no
  // fault, for no client met one: ProbeRecord::no_answer says why.
  [[nodiscard]] ExchangePtr take() { return finish(std::move(open_)); }

 private:
  [[nodiscard]] OpenExchange begin();
  [[nodiscard]] Task<void> attempt(Manner manner, std::chrono::seconds patience);

  IoThread& thread_;
  const ProbeRequest request_;
  OpenExchange open_;
  std::unique_ptr<ProbeAttempt> attempt_;
  bool cancelled_ = false;
};

}  // namespace exotap::wire
