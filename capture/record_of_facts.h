// An Exchange made from facts, where the messages are gone: what a reader of logs gives to sinks
// and to whatever asks a record whom it was about.
#pragma once

#include <cstdint>

#include "capture/exchange.h"
#include "decoders/facts.h"

namespace exotap {

// Holds what the facts of the connection and of the request line tell: ids, times, client, server,
// whom, how it was handled, what failed. Heads, bodies and certificates stay empty.
[[nodiscard]] Exchange record_of_facts(const Facts& facts, std::uint64_t id, WallTime started);

}  // namespace exotap
