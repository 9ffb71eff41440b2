// Where finished exchanges leave the data plane.
#pragma once

#include "capture/exchange.h"

namespace exotap {

// Takes exchanges from the I/O threads. offer() never blocks and may be called from any thread;
// an implementation that has no room drops the exchange and counts what it dropped.
class Tap {
 public:
  virtual ~Tap() = default;
  virtual void offer(ExchangePtr exchange) noexcept = 0;
  // A client has connected and nothing was read of it yet; its exchanges will carry this connection
  // id. Told at once because the client may be gone soon. Never blocks either.
  virtual void accepted(std::uint64_t /*connection_id*/, const Endpoint& /*client*/) noexcept {}
};

}  // namespace exotap
