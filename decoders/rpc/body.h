// What the packets of one body state (MS-RPCH 2.1.2.1.7, 2.1.2.1.8).
#pragma once

#include <string>

#include "decoders/rpc/rpc.h"

namespace exotap {

// States the facts of the packets in `message`, which the client or the proxy sent. Returns the
// first failure among them in words for answer.failure: "RPC fault ERROR_ACCESS_DENIED
// (0x00000005)"; empty where there is none.
[[nodiscard]] std::string state_rpc_body(const Message& message, bool from_client, Facts& facts);

}  // namespace exotap
