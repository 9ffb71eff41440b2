// Who wrote an answer. exotap answers CONNECT, and what it refused, itself: such an answer says
// nothing about the server, and a decoder that judged it would blame the user for exotap.
#pragma once

#include "capture/exchange.h"

namespace exotap {

[[nodiscard]] inline bool has_server_answer(const Exchange& exchange) {
  return !exchange.answer.head.empty() && !exchange.is_connect &&
         exchange.handling != Handling::refused;
}

}  // namespace exotap
