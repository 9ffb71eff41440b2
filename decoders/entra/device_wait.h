// The device flow's answer 400 while its user has not acted yet, or after the code's time is over
// (RFC 8628 section 3.5). The status line says failure; the protocol means "ask again", or "begin
// anew": an ordinary course of things.
#pragma once

#include "capture/exchange.h"

namespace exotap {

// Looks into the body only where status and path allow it.
[[nodiscard]] bool is_device_wait(const Exchange& exchange);

}  // namespace exotap
