#include "decoders/rpc/rts.h"

#include <algorithm>

#include "decoders/bytes.h"

namespace exotap {
namespace {

// Commands (MS-RPCH 2.2.3.5) as letters, so that a packet's list is a word.
constexpr std::string_view kLetters = "WFTCLKVEPNADGdp";  // by the command's number
enum Command : std::uint8_t {
  kReceiveWindowSize,
  kFlowControlAck,
  kConnectionTimeout,
  kCookie,
  kChannelLifetime,
  kClientKeepalive,
  kVersion,
  kEmpty,
  kPadding,
  kNegativeAnce,
  kAnce,
  kClientAddress,
  kAssociationGroupId,
  kDestination,
  kPingTrafficSentNotify,
};

enum class Sender : std::uint8_t { client, proxy, either };

struct Known {
  std::uint16_t flags;
  std::string_view commands;
  Sender sender;
  std::string_view name;
};

constexpr std::uint16_t kPing = 1;
constexpr std::uint16_t kOtherCommand = 2;
constexpr std::uint16_t kRecycle = 4;
constexpr std::uint16_t kOut = 0x10;
constexpr std::uint16_t kEof = 0x20;
constexpr std::uint16_t kEcho = 0x40;

// MS-RPCH 2.2.4.2 to 2.2.4.51, those on the client's side of the proxy.
constexpr std::array<Known, 26> kKnown = {{
    {0, "VCCW", Sender::client, "CONN/A1"},
    {0, "T", Sender::proxy, "CONN/A3"},
    {0, "VCCLKG", Sender::client, "CONN/B1"},
    {0, "VWT", Sender::proxy, "CONN/C2"},
    {kRecycle, "VCCC", Sender::client, "IN_R1/A1|IN_R2/A1"},
    {0, "dVWT", Sender::proxy, "IN_R1/A4"},
    {0, "C", Sender::client, "IN_R1/A5|IN_R2/A5"},
    {0, "d", Sender::proxy, "IN_R2/A4"},
    {kRecycle, "d", Sender::proxy, "OUT_R1/A2|OUT_R2/A2"},
    {kRecycle, "VCCCW", Sender::client, "OUT_R1/A3|OUT_R2/A3"},
    {kOut, "dVT", Sender::proxy, "OUT_R1/A6"},
    {kOut, "dC", Sender::client, "OUT_R1/A7"},
    {0, "A", Sender::proxy, "OUT_R1/A10"},
    {0, "A", Sender::client, "OUT_R1/A11"},
    {0, "dA", Sender::proxy, "OUT_R2/A6"},
    {kOut, "dCV", Sender::client, "OUT_R2/A7"},
    {0, "N", Sender::proxy, "OUT_R2/B2"},
    {kEof, "A", Sender::proxy, "OUT_R2/B3"},
    {kPing, "E", Sender::client, "OUT_R2/C1"},
    {kPing, "P", Sender::client, "OUT_R2/C1"},
    {kOtherCommand, "K", Sender::client, "Keep-Alive"},
    {kOtherCommand, "p", Sender::either, "Ping Traffic Sent Notify"},
    {kEcho, "", Sender::either, "Echo"},
    {kPing, "", Sender::either, "Ping"},
    {kOtherCommand, "F", Sender::either, "FlowControlAck"},
    {kOtherCommand, "dF", Sender::either, "FlowControlAckWithDestination"},
}};

void read_command(std::uint32_t command, ByteReader& reader, RtsPacket& packet) {
  switch (command) {
    case kReceiveWindowSize:
      packet.receive_window = reader.u32();
      return;
    case kConnectionTimeout:
      packet.connection_timeout = reader.u32();
      return;
    case kChannelLifetime:
      packet.channel_lifetime = reader.u32();
      return;
    case kClientKeepalive:
      packet.client_keepalive = reader.u32();
      return;
    case kFlowControlAck:
      return reader.skip(24);
    case kCookie:
    case kAssociationGroupId:
      return reader.skip(16);
    case kVersion:
    case kDestination:
    case kPingTrafficSentNotify:
      return reader.skip(4);
    case kPadding:
      return reader.skip(reader.u32());
    case kClientAddress:
      return reader.skip(reader.u32() == 0 ? 16 : 28);  // 2.2.3.2.1, 2.2.3.2.2: type, address, 12
    default:
      return;  // Empty, NegativeANCE, ANCE
  }
}

}  // namespace

RtsPacket read_rts(std::string_view body) {
  RtsPacket packet;
  ByteReader reader(body);
  packet.flags = reader.u16();
  const std::uint16_t count = reader.u16();
  if (reader.broken() || count > kMaxRtsCommands) {
    packet.broken = true;
    return packet;
  }
  for (std::uint16_t i = 0; i < count; ++i) {
    const std::uint32_t command = reader.u32();
    if (reader.broken() || command > kPingTrafficSentNotify) {
      packet.broken = true;
      return packet;
    }
    packet.commands[packet.command_count++] = static_cast<std::uint8_t>(command);
    read_command(command, reader, packet);
  }
  packet.broken = reader.broken();
  return packet;
}

std::string rts_name(const RtsPacket& packet, bool from_client) {
  std::array<char, kMaxRtsCommands> word{};
  for (std::size_t i = 0; i < packet.command_count; ++i) word[i] = kLetters[packet.commands[i]];
  const std::string_view commands(word.data(), packet.command_count);
  const Sender sender = from_client ? Sender::client : Sender::proxy;
  const auto found = std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& known) {
    return known.flags == packet.flags && known.commands == commands &&
           (known.sender == sender || known.sender == Sender::either);
  });
  if (found != kKnown.end()) return std::string(found->name);
  std::string name = "RTS 0x";
  if (packet.flags > 15) name.push_back("0123456789abcdef"[(packet.flags >> 4U) & 15U]);
  name.push_back("0123456789abcdef"[packet.flags & 15U]);
  name += " [";
  for (std::size_t i = 0; i < packet.command_count; ++i) {
    if (i > 0) name.push_back(' ');
    name += std::to_string(packet.commands[i]);
  }
  return name + "]";
}

}  // namespace exotap
