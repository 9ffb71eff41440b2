// Threads for calls that block: looking a proxy up, asking for a Kerberos ticket. Nothing of the
// kind may run on an I/O thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "proxy/wire/asio_types.h"
#include "proxy/wire/connection_record.h"

namespace exotap::wire {

// A thread starts when a job finds none free, up to the number it was made with. Thread safe.
// stop() or the destructor must have returned before any io_context that waited here is destroyed.
class Aside {
 public:
  static constexpr std::size_t kMaxWaiting = 256;  // jobs; more are turned away

  explicit Aside(std::size_t threads = 1) : most_(threads) {}
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;
  ~Aside() { stop(); }

  // Runs `job` there, in order of arrival, and resumes the caller on `io`. False where it was not
  // run: too many wait, or stop() was called. What the job refers to lives in the caller's frame.
  [[nodiscard]] Task<bool> run(asio::io_context& io, std::function<void()> job);

  // Turns away who waits and returns when the jobs under way are done.
  void stop();

 private:
  using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;
  // In the frame of run(), which cannot end before it is told so on its own loop.
  struct Waiter {
    asio::io_context* io;
    Timer* timer;
    const std::function<void()>* job;
    bool done = false;
    bool ran = false;
  };
  void work();
  static void tell(Waiter* waiter, bool ran);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiter*> waiting_;
  std::vector<std::thread> threads_;
  const std::size_t most_;
  std::size_t free_ = 0;  // threads without a job
  bool stopped_ = false;
};

}  // namespace exotap::wire
