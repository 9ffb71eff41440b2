// RTS packets: how the two channels of RPC/HTTP are set up, kept alive and renewed (MS-RPCH 2.2.3,
// 2.2.4). Their names are not on the wire: a packet is told by its flags, its commands and who
// sends it. Only what passes between client and proxy can be met here. Cookies, which name
// channels to whoever knows them, are not read.
// Pure; nothing throws but for memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxRtsCommands = 10;  // of one packet; the specification has seven

struct RtsPacket {
  std::uint16_t flags = 0;
  std::array<std::uint8_t, kMaxRtsCommands> commands{};  // their types, in order
  std::size_t command_count = 0;
  std::optional<std::uint32_t> receive_window;      // bytes
  std::optional<std::uint32_t> connection_timeout;  // milliseconds
  std::optional<std::uint32_t> channel_lifetime;    // bytes
  std::optional<std::uint32_t> client_keepalive;    // milliseconds
  bool broken = false;  // a command it cannot have, or one that is not whole
};
// `body` is what follows the common header of 16 bytes.
[[nodiscard]] RtsPacket read_rts(std::string_view body);

// "CONN/A1". Packets that differ only in the server's next steps share a name: "IN_R1/A1|IN_R2/A1".
// "RTS 0x10 [13 3]" where there is no packet of these flags and commands.
[[nodiscard]] std::string rts_name(const RtsPacket& packet, bool from_client);

}  // namespace exotap
