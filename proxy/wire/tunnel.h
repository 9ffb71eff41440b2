// Bytes both ways, untouched: for hosts that are not opened.
#pragma once

#include "proxy/wire/io_thread.h"
#include "proxy/wire/leg.h"

namespace exotap::wire {

struct TunnelEnd {
  std::uint64_t from_client = 0;  // bytes
  std::uint64_t from_server = 0;
  bool timed_out = false;
};

// Until both directions have ended, or nothing has moved for the idle limit. One side's end is
// passed on as that: the other direction goes on.
class Tunnel : private Deadline {
 public:
  Tunnel(IoThread& thread, Leg& client, Leg& server)
      : Deadline(thread.deadlines), thread_(thread), client_(client), server_(server) {}
  [[nodiscard]] Task<TunnelEnd> run();

 private:
  [[nodiscard]] Task<void> copy(Leg& from, Leg& to, std::uint64_t& count);
  void expired() override;

  IoThread& thread_;
  Leg& client_;
  Leg& server_;
  TunnelEnd end_;
  SteadyTime active_{};
};

}  // namespace exotap::wire
