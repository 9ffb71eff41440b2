// The packets of connection-oriented RPC (C706 12.6, MS-RPCE 2.2.2), one after the other as they
// fill the bodies of RPC/HTTP: a common header that says kind and length, a body, and behind it the
// security trailer. Stubs, the calls' own data, are not read.
// Little- and big-endian senders are understood. Every length is hostile input.
// Pure; views point into the bytes given; nothing throws.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace exotap {

// PTYPE (C706 12.6.3, MS-RPCE 2.2.2, MS-RPCH 2.2.3.6.1).
enum class RpcPacketType : std::uint8_t {
  request = 0,
  response = 2,
  fault = 3,
  bind = 11,
  bind_ack = 12,
  bind_nak = 13,
  alter_context = 14,
  alter_context_response = 15,
  auth3 = 16,
  shutdown = 17,
  co_cancel = 18,
  orphaned = 19,
  rts = 20,
};

struct RpcPacket {
  RpcPacketType type = RpcPacketType::request;
  bool big_endian = false;
  std::string_view bytes;  // the whole packet, header included
  std::string_view body;   // between header and security trailer
  // The security trailer (MS-RPCE 2.2.2.11); has_auth is false where there is none.
  bool has_auth = false;
  std::uint8_t auth_type = 0;
  std::uint8_t auth_level = 0;
  std::string_view auth_token;
};

// Takes packets off the front of a body.
class RpcPackets {
 public:
  enum class End : std::uint8_t {
    none,    // there may be more
    whole,   // the body ends with a packet
    cut,     // ... within one
    broken,  // what stands at `at()` is no packet
  };

  explicit RpcPackets(std::string_view bytes) : bytes_(bytes) {}
  // False at the end, see end().
  [[nodiscard]] bool next(RpcPacket& packet);
  [[nodiscard]] End end() const { return end_; }
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  End end_ = End::none;
};

// Numbers of a packet's sender; 0 beyond the end.
[[nodiscard]] std::uint16_t rpc_u16(const RpcPacket& packet, std::string_view in, std::size_t at);
[[nodiscard]] std::uint32_t rpc_u32(const RpcPacket& packet, std::string_view in, std::size_t at);

}  // namespace exotap
