// Time limits of one I/O thread's connections, kept by a single timer: a timer an operation would
// cost a system call a connection; limits here need no more precision than kDeadlineTick.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <list>

namespace exotap::wire {

using SteadyTime = std::chrono::steady_clock::time_point;
inline constexpr std::chrono::milliseconds kDeadlineTick{100};   // the finest a limit is kept
inline constexpr std::chrono::milliseconds kLongestSleep{2000};  // between two looks at far limits

class Deadlines;

// One limit. Its owner sets and clears it; when it passes, expired() is called once on the I/O
// thread and the limit is clear. Unregisters itself when destroyed.
class Deadline {
 public:
  explicit Deadline(Deadlines& deadlines) : deadlines_(deadlines) {}
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  virtual ~Deadline() { clear(); }

  void set(SteadyTime at);
  void clear();
  [[nodiscard]] bool is_set() const { return set_; }

 protected:
  virtual void expired() = 0;

 private:
  friend class Deadlines;
  Deadlines& deadlines_;
  SteadyTime at_{};
  std::list<Deadline*>::iterator place_;
  bool set_ = false;
};

class Deadlines {
 public:
  explicit Deadlines(boost::asio::io_context& io) : timer_(io) {}

 private:
  friend class Deadline;
  void added(SteadyTime at);
  void sleep_until(SteadyTime at);
  void look();

  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>,
                                    boost::asio::io_context::executor_type>
      timer_;
  std::list<Deadline*> all_;
  SteadyTime next_look_ = SteadyTime::max();
  SteadyTime looked_{};  // when it last was
};

}  // namespace exotap::wire
