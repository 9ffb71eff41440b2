#include "proxy/wire/probe/prober.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <optional>
#include <utility>

namespace exotap::wire {

Prober::Prober(Shared& shared) : io_(shared), work_(io_.io.get_executor()) {}

Prober::~Prober() { stop(); }

void Prober::start() {
  thread_ = std::thread([this] { io_.io.run(); });
  const std::lock_guard lock(mutex_);
  open_ = true;
}

void Prober::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  asio::post(io_.io, [this] { cancel_all(); });
  thread_.join();
}

void Prober::cancel_all() {
  stopping_ = true;
  waiting_.clear();
  for (const auto& probe : under_way_) probe->cancel();
  if (under_way_.empty()) io_.io.stop();
}

void Prober::trust(SslCtxPtr client_context) {
  if (!thread_.joinable()) {
    io_.client_context = std::move(client_context);
    return;
  }
  asio::post(io_.io, [this, fresh = std::move(client_context)]() mutable {
    io_.client_context = std::move(fresh);
  });
}

// Under the lock.
bool Prober::may_ask(const ProbeRequest& request) {
  if (!open_ || asked_ >= kMaxProbesAsked) return false;
  ProbeBudget& budget = request.kind == ProbeKind::control ? controls_ : certificates_;
  return budget.spend(request.host + ":" + std::to_string(request.port), SteadyClock::now());
}

bool Prober::ask(const Exchange& exchange, ProbeKind kind) {
  std::optional<ProbeRequest> request =
      kind == ProbeKind::control ? control_question(exchange) : certificate_question(exchange);
  if (!request) return false;
  {
    const std::lock_guard lock(mutex_);
    if (!may_ask(*request)) return false;
    ++asked_;
  }
  asio::post(io_.io, [this, wanted = *std::move(request)]() mutable { begin(std::move(wanted)); });
  return true;
}

void Prober::begin(ProbeRequest request) {
  if (stopping_) return;
  if (under_way_.size() >= kProbesAtOnce) {
    waiting_.push_back(std::move(request));
    return;
  }
  const Place place =
      under_way_.insert(under_way_.end(), std::make_unique<Probe>(io_, std::move(request)));
  asio::co_spawn(io_.io, serve(place), asio::detached);
}

Task<void> Prober::serve(Place place) {
  co_await (*place)->run();
  if (!stopping_) io_.shared.tap.offer((*place)->take());
  under_way_.erase(place);
  {
    const std::lock_guard lock(mutex_);
    --asked_;
  }
  if (stopping_) {
    if (under_way_.empty()) io_.io.stop();
  } else if (!waiting_.empty()) {
    ProbeRequest next = std::move(waiting_.front());
    waiting_.pop_front();
    begin(std::move(next));
  }
}

}  // namespace exotap::wire
