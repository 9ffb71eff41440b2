#include "decoders/rpc/body.h"

#include <algorithm>
#include <optional>

#include "decoders/ntlm_message.h"
#include "decoders/rpc/bindings.h"
#include "decoders/rpc/packets.h"
#include "decoders/rpc/rts.h"
#include "decoders/rpc/status_names.h"
#include "decoders/text_encoding.h"

namespace exotap {
namespace {

using namespace fact;

constexpr std::size_t kMaxName = 256;  // bytes of UTF-8 of one name
constexpr std::size_t kHeader = 16;

// Names come from strangers: a control character in one is none of its letters.
std::string name_text(std::string_view bytes, bool wide) {
  std::string text = wide ? utf16_to_utf8(bytes, false, kMaxName) : latin1_to_utf8(bytes, kMaxName);
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }, '?');
  return text;
}

class BodyFacts {
 public:
  BodyFacts(bool from_client, Facts& facts) : from_client_(from_client), facts_(facts) {}

  void state(const RpcPacket& packet) {
    if (packet.has_auth) state_auth(packet);
    switch (packet.type) {
      case RpcPacketType::rts:
        return state_rts(packet);
      case RpcPacketType::bind:
      case RpcPacketType::alter_context:
        for (const std::string& name : asked_interfaces(packet)) add(kRpcInterface, name);
        return;
      case RpcPacketType::bind_ack:
      case RpcPacketType::alter_context_response:
        return state_results(packet);
      case RpcPacketType::bind_nak:
        return state_nak(packet);
      case RpcPacketType::fault:
        return state_fault(packet);
      default:
        return;
    }
  }

  [[nodiscard]] std::string take_failure() { return std::move(failure_); }

 private:
  // One budget for all that repeats: a long body is full of pings and acknowledgements.
  bool add(const FactSpec& spec, std::string_view text) {
    if (text.empty() || left_ == 0) return false;
    --left_;
    facts_.add(spec, text);
    return true;
  }

  void add_number(const FactSpec& spec, std::optional<std::uint32_t> number) {
    if (!number || left_ == 0) return;
    --left_;
    facts_.add(spec, static_cast<std::int64_t>(*number));
  }

  void fail(const std::string& what) {
    if (failure_.empty()) failure_ = what;
  }

  void state_rts(const RpcPacket& packet) {
    const RtsPacket rts = read_rts(packet.bytes.substr(kHeader));
    if (rts.broken) {
      if (!facts_.has(kDecodeRpcError)) facts_.add(kDecodeRpcError, "malformed RTS packet");
      return;
    }
    const std::string name = rts_name(rts, from_client_);
    // Those that keep a channel going come by the hundred, and say the same each time.
    const bool upkeep = name == "Ping" || name.starts_with("FlowControlAck");
    if (upkeep && name == last_upkeep_) return;
    if (upkeep) last_upkeep_ = name;
    add(from_client_ ? kRpcRequestRts : kRpcAnswerRts, name);
    add_number(kRpcConnectionTimeout, rts.connection_timeout);
    add_number(kRpcReceiveWindow, rts.receive_window);
    add_number(kRpcChannelLifetime, rts.channel_lifetime);
    add_number(kRpcClientKeepalive, rts.client_keepalive);
  }

  void state_results(const RpcPacket& packet) {
    for (const BindResult& result : bind_results(packet)) {
      std::string text(bind_result(result.result));
      if (text.empty()) text = std::to_string(result.result);
      if (result.result == 1 || result.result == 2) {
        const std::string_view reason = bind_reject_reason(result.reason);
        text.append(": ").append(reason.empty() ? std::to_string(result.reason)
                                                : std::string(reason));
        // Of several transfer syntaxes offered all but one are rejected; an interface is not.
        if (result.reason == 1) fail("RPC bind refused: " + std::string(reason));
      }
      add(kRpcBindResult, text);
    }
  }

  void state_nak(const RpcPacket& packet) {
    const std::optional<std::uint16_t> reason = bind_nak_of(packet);
    if (!reason) return;
    std::string text(bind_nak_reason(*reason));
    if (text.empty()) text = std::to_string(*reason);
    add(kRpcBindNak, text);
    fail("RPC bind refused: " + text);
  }

  void state_fault(const RpcPacket& packet) {
    const std::optional<std::uint32_t> status = fault_of(packet);
    if (!status) return;
    const std::string code = rpc_status_text(*status);
    const std::string name(rpc_status_name(*status));
    add(kRpcFaultStatus, code);
    add(kRpcFaultName, name);
    fail("RPC fault " + (name.empty() ? code : name + " (" + code + ")"));
  }

  void state_auth(const RpcPacket& packet) {
    // Every request carries a signature of the same type and level: stated where it changes.
    const unsigned kind = packet.auth_type * 256U + packet.auth_level;
    if (kind != auth_kind_) {
      auth_kind_ = kind;
      add(kRpcAuthType, rpc_auth_type(packet.auth_type));
      add(kRpcAuthLevel, rpc_auth_level(packet.auth_level));
    }
    std::string_view token = packet.auth_token;
    const std::size_t at = token.find(kNtlmSignature);  // bare, or inside SPNEGO
    if (at == std::string_view::npos) return;
    state_ntlm(read_ntlm(token.substr(at)));
  }

  void state_ntlm(const NtlmMessage& message) {
    using Kind = NtlmMessage::Kind;
    if (message.kind == Kind::none) return;
    if (message.broken_at && !facts_.has(kDecodeRpcError)) {
      facts_.add(kDecodeRpcError, "malformed NTLM message inside RPC at offset " +
                                      std::to_string(*message.broken_at));
    }
    if (message.kind == Kind::negotiate) {
      add(kRpcAuthNtlm, "negotiate");
    } else if (message.kind == Kind::challenge) {
      add(kRpcAuthNtlm, "challenge");
      add(kRpcAuthTarget, name_text(message.target_name, message.wide));
    } else {
      add(kRpcAuthNtlm, "authenticate");
      add(kRpcAuthUser, name_text(message.user, message.wide));
      add(kRpcAuthDomain, name_text(message.domain, message.wide));
      add(kRpcAuthWorkstation, name_text(message.workstation, message.wide));
    }
  }

  bool from_client_;
  Facts& facts_;
  std::size_t left_ = 4 * kMaxRpcStated;
  unsigned auth_kind_ = ~0U;
  std::string last_upkeep_;
  std::string failure_;
};

}  // namespace

std::string state_rpc_body(const Message& message, bool from_client, Facts& facts) {
  RpcPackets packets(message.body);
  BodyFacts stated(from_client, facts);
  RpcPacket packet;
  std::int64_t count = 0;
  while (count < static_cast<std::int64_t>(kMaxRpcPackets) && packets.next(packet)) {
    stated.state(packet);
    ++count;
  }
  if (count > 0) facts.add(from_client ? kRpcRequestPackets : kRpcAnswerPackets, count);
  if (packets.end() == RpcPackets::End::broken) {
    facts.add(kDecodeRpcError, std::string("no RPC packet at byte ") +
                                   std::to_string(packets.at()) + " of the " +
                                   (from_client ? "request" : "answer"));
  }
  if (message.body_truncated() && !facts.has(kRpcCut)) facts.add(kRpcCut, true);
  return stated.take_failure();
}

}  // namespace exotap
