// Which waiting connections keep their buffers. Giving OpenSSL's record buffers back before every
// wait keeps a thousand idle connections small, but costs a busy one as much as parsing its
// request. So the few that moved last keep theirs for a moment, and all others hold none.
#pragma once

#include <boost/intrusive/list.hpp>
#include <chrono>
#include <cstddef>

#include "proxy/wire/deadlines.h"

namespace exotap::wire {

inline constexpr std::size_t kMostWarmLegs = 128;  // a thread; each holds up to 36 KiB
inline constexpr std::chrono::milliseconds kWarmFor{
    500};  // after the last move, at most twice this

// Somebody who may be kept warm. Leaves the list when destroyed.
class Warm : public boost::intrusive::list_base_hook<
                 boost::intrusive::link_mode<boost::intrusive::safe_link>> {
 public:
  Warm() = default;
  Warm(const Warm&) = delete;
  Warm& operator=(const Warm&) = delete;

 protected:
  ~Warm() = default;
  // Gives all buffers back. Called on the I/O thread, while it waits.
  virtual void grow_cold() = 0;

 private:
  friend class WarmLegs;
  bool moved_ = false;
};

// Not thread safe: one per I/O thread, and it outlives no IoThread. Those it lists may outlive it.
class WarmLegs : private Deadline {
 public:
  explicit WarmLegs(Deadlines& deadlines) : Deadline(deadlines) {}
  ~WarmLegs() override { legs_.clear(); }

  // `leg` has moved and now waits. The one that moved longest ago makes room where there is none.
  void keep(Warm& leg);
  void forget(Warm& leg);
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  using List = boost::intrusive::list<Warm, boost::intrusive::constant_time_size<false>>;

  // Those that have not moved since the last look grow cold.
  void expired() override;
  void cool(Warm& leg);

  List legs_;  // the latest in front
  std::size_t size_ = 0;
};

}  // namespace exotap::wire
