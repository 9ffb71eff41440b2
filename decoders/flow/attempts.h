// Folds exchanges into attempts: what one client did in one go to sign in or to reach its mail.
//
// An attempt ends when the client has been quiet for kIdleGap, or when discovery starts over after
// mail was reached and kIdleGap after the last sign-in step: Outlook's open mail connections would
// otherwise stretch the first attempt of the day over all of it. Clients are told apart by
// address.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "decoders/flow/clock.h"
#include "decoders/flow/recent_table.h"
#include "decoders/flow/step.h"

namespace exotap::flow {

inline constexpr auto kIdleGap = seconds(60);
// An exchange that began this long before the last one ended is no hanging request, it is out of
// another capture.
inline constexpr auto kLongestExchange = std::chrono::hours(24);
inline constexpr std::size_t kMaxClients = 64;

struct AttemptView {
  std::uint64_t id = 0;
  int step_number = 0;
  bool sts_reached = false;  // a federation server answered this client itself
};

// Not thread safe.
class Attempts {
 public:
  // The attempt that a mail related exchange belongs to.
  [[nodiscard]] AttemptView fold(const Exchange& exchange, Step step);

 private:
  struct Attempt {
    std::uint64_t id = 0;
    WallTime last_end{};
    WallTime last_sign_in{};
    Step step = Step::other;
    int step_number = 1;
    bool mail_reached = false;
    bool sts_reached = false;
  };
  [[nodiscard]] bool begins_anew(const Attempt& attempt, const Exchange& exchange, Step step) const;

  RecentTable<std::string, Attempt, kMaxClients / 8> by_client_;
  std::uint64_t last_id_ = 0;
};

}  // namespace exotap::flow
