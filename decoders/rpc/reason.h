// Why an RPC proxy refuses, in the one place where it may say so: the reason phrase
// `RPC Error: 6ba, EEInfo: <Base64>` of a 503 (MS-RPCH 2.1.2.1.3). The extended error information
// (MS-EERR) is noted, not read: it repeats the number as each server on the way met it.
// Pure; nothing throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

struct RpcReason {
  std::optional<std::uint32_t> error;
  bool has_details = false;
};
[[nodiscard]] RpcReason parse_rpc_reason(std::string_view reason_phrase);

}  // namespace exotap
