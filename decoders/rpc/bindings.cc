#include "decoders/rpc/bindings.h"

#include <algorithm>
#include <array>

namespace exotap {
namespace {

// Offsets in a packet's body, behind the common header.
constexpr std::size_t kContexts = 8;          // of bind: how many, then the list at 12
constexpr std::size_t kSecondaryAddress = 8;  // of bind_ack: its length, then the text
constexpr std::size_t kFaultStatus = 8;
constexpr std::size_t kUuid = 16;
constexpr std::size_t kSyntax = kUuid + 4;
constexpr std::size_t kResult = 4 + kSyntax;

struct Interface {
  std::string_view uuid;
  std::string_view name;
};

// MS-OXCRPC 1.9, MS-OXABREF 1.9, MS-OXNSPI 1.9, C706 appendices O and Q.
constexpr std::array<Interface, 6> kInterfaces = {{
    {"a4f1db00-ca47-1067-b31f-00dd010662da", "EMSMDB"},
    {"5261574a-4572-206e-b268-6b199213b4e4", "AsyncEMSMDB"},
    {"1544f5e0-613c-11d1-93df-00c04fd7bd09", "RFR"},
    {"f5cc5a18-4264-101a-8c59-08002b2f8426", "NSPI"},
    {"afa8bd80-7d8a-11c9-bef4-08002b102989", "management"},
    {"e1af8308-5d1f-11c9-91a4-08002b14a0fa", "endpoint mapper"},
}};

void append_hex(std::string& out, std::uint32_t value, unsigned digits) {
  for (unsigned i = digits; i > 0; --i) {
    out.push_back("0123456789abcdef"[(value >> ((i - 1) * 4)) & 15U]);
  }
}

std::string uuid_text(const RpcPacket& packet, std::string_view in, std::size_t at) {
  std::string text;
  append_hex(text, rpc_u32(packet, in, at), 8);
  text.push_back('-');
  append_hex(text, rpc_u16(packet, in, at + 4), 4);
  text.push_back('-');
  append_hex(text, rpc_u16(packet, in, at + 6), 4);
  text.push_back('-');
  for (std::size_t i = 8; i < kUuid; ++i) {
    if (i == 10) text.push_back('-');
    append_hex(text, static_cast<std::uint8_t>(in[at + i]), 2);
  }
  return text;
}

std::string interface_text(const RpcPacket& packet, std::string_view in, std::size_t at) {
  const std::string uuid = uuid_text(packet, in, at);
  const auto found = std::find_if(kInterfaces.begin(), kInterfaces.end(),
                                  [&](const Interface& known) { return known.uuid == uuid; });
  // The major version is the lower half (C706 12.6.3.1).
  const std::uint32_t version = rpc_u32(packet, in, at + kUuid);
  return (found == kInterfaces.end() ? uuid : std::string(found->name)) + " " +
         std::to_string(version & 0xFFFFU) + "." + std::to_string(version >> 16U);
}

}  // namespace

std::vector<std::string> asked_interfaces(const RpcPacket& packet) {
  std::vector<std::string> asked;
  const std::string_view body = packet.body;
  if (body.size() <= kContexts) return asked;
  const std::size_t count =
      std::min<std::size_t>(static_cast<std::uint8_t>(body[kContexts]), kMaxRpcContexts);
  std::size_t at = kContexts + 4;
  for (std::size_t i = 0; i < count; ++i) {
    if (at + 4 + kSyntax > body.size()) break;
    const std::size_t transfers = static_cast<std::uint8_t>(body[at + 2]);
    asked.push_back(interface_text(packet, body, at + 4));
    at += 4 + kSyntax + transfers * kSyntax;
  }
  return asked;
}

std::vector<BindResult> bind_results(const RpcPacket& packet) {
  std::vector<BindResult> results;
  const std::string_view body = packet.body;
  // The list is aligned to four bytes, counted from the packet's begin; the header is sixteen.
  std::size_t at = kSecondaryAddress + 2 + rpc_u16(packet, body, kSecondaryAddress);
  at = (at + 3) / 4 * 4;
  if (at >= body.size()) return results;
  const std::size_t count =
      std::min<std::size_t>(static_cast<std::uint8_t>(body[at]), kMaxRpcContexts);
  at += 4;
  for (std::size_t i = 0; i < count && at + kResult <= body.size(); ++i, at += kResult) {
    results.push_back({rpc_u16(packet, body, at), rpc_u16(packet, body, at + 2)});
  }
  return results;
}

std::optional<std::uint16_t> bind_nak_of(const RpcPacket& packet) {
  if (packet.body.size() < 2) return std::nullopt;
  return rpc_u16(packet, packet.body, 0);
}

std::optional<std::uint32_t> fault_of(const RpcPacket& packet) {
  if (packet.body.size() < kFaultStatus + 4) return std::nullopt;
  return rpc_u32(packet, packet.body, kFaultStatus);
}

}  // namespace exotap
