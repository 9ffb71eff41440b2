#include "proxy/wire/upstream/aside.h"

#include <boost/asio/post.hpp>

namespace exotap::wire {

Task<bool> Aside::run(asio::io_context& io, std::function<void()> job) {
  Timer timer(io);
  timer.expires_at(SteadyClock::time_point::max());
  Waiter waiter{&io, &timer, &job};
  {
    const std::lock_guard lock(mutex_);
    if (stopped_ || waiting_.size() >= kMaxWaiting) co_return false;
    waiting_.push_back(&waiter);
    if (waiting_.size() > free_ && threads_.size() < most_) {
      threads_.emplace_back([this] { work(); });
    }
  }
  changed_.notify_one();
  while (!waiter.done) co_await timer.async_wait(as_result);
  co_return waiter.ran;
}

void Aside::tell(Waiter* waiter, bool ran) {
  asio::post(*waiter->io, [waiter, ran] {
    waiter->done = true;
    waiter->ran = ran;
    waiter->timer->cancel();
  });
}

void Aside::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++free_;
    changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
    --free_;
    if (stopped_) return;
    Waiter* waiter = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    (*waiter->job)();
    tell(waiter, true);
    lock.lock();
  }
}

void Aside::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    for (Waiter* waiter : waiting_) tell(waiter, false);
    waiting_.clear();
  }
  changed_.notify_all();
  // Nobody adds one once it is stopped.
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace exotap::wire
