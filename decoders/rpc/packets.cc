#include "decoders/rpc/packets.h"

namespace exotap {
namespace {

constexpr std::size_t kHeader = 16;
constexpr std::size_t kTrailer = 8;
constexpr std::uint8_t kLastType = 20;
constexpr std::uint8_t kLittleEndian = 0x10;  // of the first byte of packed_drep

std::uint8_t byte_at(std::string_view in, std::size_t at) {
  return at < in.size() ? static_cast<std::uint8_t>(in[at]) : std::uint8_t{0};
}

void take_auth(RpcPacket& packet, std::size_t auth_length) {
  const std::string_view bytes = packet.bytes;
  packet.body = bytes.substr(kHeader);
  if (auth_length == 0 || auth_length + kTrailer > packet.body.size()) return;
  const std::size_t trailer = bytes.size() - auth_length - kTrailer;
  packet.has_auth = true;
  packet.auth_type = byte_at(bytes, trailer);
  packet.auth_level = byte_at(bytes, trailer + 1);
  packet.auth_token = bytes.substr(trailer + kTrailer);
  packet.body = bytes.substr(kHeader, trailer - kHeader);
}

}  // namespace

std::uint16_t rpc_u16(const RpcPacket& packet, std::string_view in, std::size_t at) {
  if (at > in.size() || in.size() - at < 2) return 0;
  const unsigned first = byte_at(in, at);
  const unsigned second = byte_at(in, at + 1);
  return static_cast<std::uint16_t>(packet.big_endian ? (first << 8U) | second
                                                      : (second << 8U) | first);
}

std::uint32_t rpc_u32(const RpcPacket& packet, std::string_view in, std::size_t at) {
  if (at > in.size() || in.size() - at < 4) return 0;
  const std::uint32_t first = rpc_u16(packet, in, at);
  const std::uint32_t second = rpc_u16(packet, in, at + 2);
  return packet.big_endian ? (first << 16U) | second : (second << 16U) | first;
}

bool RpcPackets::next(RpcPacket& packet) {
  if (end_ != End::none) return false;
  const std::string_view rest = bytes_.substr(at_);
  if (rest.empty()) {
    end_ = End::whole;
    return false;
  }
  const bool is_five = byte_at(rest, 0) == 5 && byte_at(rest, 1) <= 1;
  if (rest.size() < kHeader) {
    end_ = byte_at(rest, 0) == 5 ? End::cut : End::broken;
    return false;
  }
  packet = RpcPacket();
  packet.big_endian = (byte_at(rest, 4) & 0xF0U) != kLittleEndian;
  const std::size_t length = rpc_u16(packet, rest, 8);
  const std::uint8_t type = byte_at(rest, 2);
  if (!is_five || type > kLastType || length < kHeader) {
    end_ = End::broken;
    return false;
  }
  if (length > rest.size()) {
    end_ = End::cut;
    return false;
  }
  packet.type = static_cast<RpcPacketType>(type);
  packet.bytes = rest.substr(0, length);
  take_auth(packet, rpc_u16(packet, rest, 10));
  at_ += length;
  return true;
}

}  // namespace exotap
