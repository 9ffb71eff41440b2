// Asks servers on exotap's own account: on a thread and event loop of its own, off every client's
// connection, within a budget. Answers are offered to the tap like everything else.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "capture/exchange.h"
#include "proxy/wire/io_thread.h"
#include "proxy/wire/probe/probe.h"
#include "proxy/wire/probe/probe_budget.h"

namespace exotap::wire {

inline constexpr std::size_t kCertificatesPerMinute = 20;
inline constexpr std::chrono::minutes kCertificateApart{10};  // of one host
inline constexpr std::size_t kControlRunsPerMinute = 12;
inline constexpr std::size_t kProbesAtOnce = 4;
inline constexpr std::size_t kMaxProbesAsked = 32;  // under way and waiting; more are refused

// What is referred to must outlive it.
class Prober {
 public:
  explicit Prober(Shared& shared);
  ~Prober();
  Prober(const Prober&) = delete;
  Prober& operator=(const Prober&) = delete;

  void start();
  // Ends what is under way; nothing is offered afterwards.
  void stop();
  // For connections to come. Any thread.
  void trust(SslCtxPtr client_context);

  // Begins a question of this kind about an exchange; false where there is none to ask
  // (probe_request.h) or no budget for it. Any thread; never blocks for long. Its answer comes by
  // the tap, with ProbeRecord::about of this exchange's id.
  [[nodiscard]] bool ask(const Exchange& exchange, ProbeKind kind);

 private:
  using WorkGuard = asio::executor_work_guard<Executor>;
  using Place = std::list<std::unique_ptr<Probe>>::iterator;
  [[nodiscard]] bool may_ask(const ProbeRequest& request);
  void begin(ProbeRequest request);
  [[nodiscard]] Task<void> serve(Place place);
  void cancel_all();

  IoThread io_;
  WorkGuard work_;
  std::thread thread_;
  std::mutex mutex_;  // what follows
  ProbeBudget certificates_{kCertificatesPerMinute, kCertificateApart};
  ProbeBudget controls_{kControlRunsPerMinute, std::chrono::seconds(0)};
  std::size_t asked_ = 0;
  bool open_ = false;
  // Of the loop's thread.
  std::deque<ProbeRequest> waiting_;
  std::list<std::unique_ptr<Probe>> under_way_;
  bool stopping_ = false;
};

}  // namespace exotap::wire
