#include "app/console/repeat_fold.h"

#include <algorithm>
#include <utility>

namespace exotap {

bool RepeatFold::count(std::uint64_t likeness, WallTime time, Nanoseconds duration) {
  for (Kept& kept : rows_) {
    if (!kept.used || kept.likeness != likeness) continue;
    if (time - kept.window_begin >= kWindow) {
      settle_row(kept);
      if (!kept.used) return false;
    }
    ++kept.counted;
    kept.total += duration;
    kept.row.time = std::max(kept.row.time, time);
    return true;
  }
  return false;
}

void RepeatFold::shown(std::uint64_t likeness, ExchangeRow row) {
  auto place = std::find_if(rows_.begin(), rows_.end(), [](const Kept& k) { return !k.used; });
  if (place == rows_.end()) {
    place = std::min_element(rows_.begin(), rows_.end(), [](const Kept& a, const Kept& b) {
      return a.window_begin < b.window_begin;
    });
    settle_row(*place);
  }
  const WallTime time = row.time;
  *place = {likeness, true, std::move(row), time, 0, Nanoseconds(0)};
}

void RepeatFold::settle(WallTime now) {
  for (Kept& kept : rows_) {
    if (kept.used && now - kept.window_begin >= kWindow) settle_row(kept);
  }
}

void RepeatFold::settle_all() {
  for (Kept& kept : rows_) {
    if (kept.used) settle_row(kept);
    kept.used = false;
  }
}

// A row that came again opens its next window; one that did not is forgotten.
void RepeatFold::settle_row(Kept& kept) {
  if (kept.counted == 0) {
    kept.used = false;
    return;
  }
  kept.row.count = kept.counted;
  kept.row.duration = kept.total / static_cast<std::int64_t>(kept.counted);
  show_(kept.row);
  kept.window_begin = kept.row.time;
  kept.counted = 0;
  kept.total = Nanoseconds(0);
}

}  // namespace exotap
