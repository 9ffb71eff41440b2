#include <sys/timex.h>

#include "app/doctor/clock.h"

namespace exotap {

// The kernel's own word (adjtimex(2)): whoever keeps the time, chrony, ntpd or systemd, tells it.
std::optional<bool> clock_is_synchronised() {
  timex state{};
  const int result = ::adjtimex(&state);  // only asks: no mode is set
  if (result < 0) return std::nullopt;
  return result != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

}  // namespace exotap
