// Time as flow knows it: the exchanges' own. A capture read a year later tells the same story.
#pragma once

#include <chrono>

#include "capture/exchange.h"

namespace exotap::flow {

using std::chrono::minutes;
using std::chrono::seconds;

[[nodiscard]] inline WallTime ended(const Exchange& exchange) {
  return exchange.started + std::chrono::duration_cast<WallTime::duration>(exchange.timings.total);
}

// Whether `then` lies within `window` of `now`, on either side: exchanges overlap, so one that
// ended earlier may be told later, and a second capture may be older than the first.
[[nodiscard]] inline bool within(WallTime then, WallTime now, WallTime::duration window) {
  const WallTime::duration apart = now > then ? now - then : then - now;
  return apart <= window;
}

}  // namespace exotap::flow
