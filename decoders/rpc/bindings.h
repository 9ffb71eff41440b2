// Which interfaces a bind asks for, and what the server made of it (C706 12.6.4.3 to 12.6.4.5,
// MS-RPCE 2.2.2.4, 2.2.2.5). Outlook binds to the mailbox (EMSMDB), the address book (NSPI) and
// the referral service that tells it where that is (RFR).
// Pure; nothing throws but for memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decoders/rpc/packets.h"

namespace exotap {

inline constexpr std::size_t kMaxRpcContexts = 16;  // of one packet; Windows offers three

// "EMSMDB 0.81", or the identifier and version of an interface that is not Exchange's.
// One a context, of bind and alter_context.
[[nodiscard]] std::vector<std::string> asked_interfaces(const RpcPacket& packet);

struct BindResult {
  std::uint16_t result = 0;
  std::uint16_t reason = 0;
};
// One a context, of bind_ack and alter_context_response.
[[nodiscard]] std::vector<BindResult> bind_results(const RpcPacket& packet);

// The reason in a bind_nak; nullopt where the packet is too short.
[[nodiscard]] std::optional<std::uint16_t> bind_nak_of(const RpcPacket& packet);
// The status in a fault (C706 12.6.4.7).
[[nodiscard]] std::optional<std::uint32_t> fault_of(const RpcPacket& packet);

}  // namespace exotap
