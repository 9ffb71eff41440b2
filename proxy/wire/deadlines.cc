#include "proxy/wire/deadlines.h"

#include <algorithm>

namespace exotap::wire {

void Deadline::set(SteadyTime at) {
  // Not before the last look: one set into the past while it passes waits for the next look, and
  // cannot hold the thread.
  at_ = std::max(at, deadlines_.looked_ + SteadyTime::duration(1));
  if (!set_) {
    set_ = true;
    place_ = deadlines_.all_.insert(deadlines_.all_.end(), this);
  }
  deadlines_.added(at_);
}

void Deadline::clear() {
  if (!set_) return;
  set_ = false;
  deadlines_.all_.erase(place_);
}

void Deadlines::added(SteadyTime at) {
  // A limit that is pushed back, as it is with every byte, leaves the timer alone.
  if (at >= next_look_) return;
  // And no limit puts off a look that is to come: one that has passed already, and is set again
  // with every byte, would never be seen.
  const SteadyTime soonest = std::chrono::steady_clock::now() + kDeadlineTick;
  if (std::max(at, soonest) < next_look_) sleep_until(at);
}

void Deadlines::sleep_until(SteadyTime at) {
  const SteadyTime now = std::chrono::steady_clock::now();
  next_look_ = std::clamp(at, now + kDeadlineTick, now + kLongestSleep);
  timer_.expires_at(next_look_);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) look();
  });
}

void Deadlines::look() {
  next_look_ = SteadyTime::max();
  const SteadyTime now = looked_ = std::chrono::steady_clock::now();
  // expired() may set, clear or destroy any limit, so each look for a passed one starts anew.
  const auto passed = [now](const Deadline* d) { return d->at_ <= now; };
  for (auto it = std::ranges::find_if(all_, passed); it != all_.end();
       it = std::ranges::find_if(all_, passed)) {
    Deadline* deadline = *it;
    deadline->clear();
    deadline->expired();
  }
  SteadyTime nearest = SteadyTime::max();
  for (const Deadline* deadline : all_) nearest = std::min(nearest, deadline->at_);
  if (!all_.empty()) sleep_until(nearest);
}

}  // namespace exotap::wire
