// One CONNECT to an upstream proxy, or a HEAD, and its answer.
#pragma once

#include <cstdint>
#include <string>

#include "capture/message.h"
#include "proxy/wire/leg.h"

namespace exotap::wire {

// How much of a refusal is passed on; what is longer is cut, and the connection ended.
inline constexpr std::size_t kMaxRefusal = 256 * 1024;

struct UpstreamAnswer {
  enum class State : std::uint8_t {
    accepted,  // 2xx: to CONNECT, the connection is the server's now
    refused,   // another final status
    cut,       // the proxy closed or reset before its answer was whole; `error` says which
    not_http,  // what it sends is no HTTP/1.x answer
  };
  State state = State::cut;
  Message message;          // as the record keeps it
  std::string text;         // as it came: the head, and of a refusal the body
  std::string rest;         // accepted: what came behind the head, which is the server's
  bool keep_alive = false;  // not accepted CONNECT, and the connection takes another request
  ErrorCode error;
};

// Sends `head` and reads the answer; 1xx are passed over. Bounded in size, not in time: closing the
// leg ends it. `head` lives in the caller's frame; `to_head`: it is a HEAD, no CONNECT.
[[nodiscard]] Task<void> ask_upstream(Leg& proxy, const std::string& head, UpstreamAnswer& answer,
                                      bool to_head = false);

}  // namespace exotap::wire
