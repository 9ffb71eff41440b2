// Whether a port could be listened on.
#pragma once

#include "capture/exchange.h"

namespace exotap {

// By listening there for a moment. An address that is not this machine's is not free.
[[nodiscard]] bool port_is_free(const Endpoint& where);

}  // namespace exotap
