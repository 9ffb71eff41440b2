// Bodies of RPC/HTTP. The first byte chooses verb and direction; the rest is the body. Laws:
// packets lie one behind the other inside the body and cover it up to where it is cut or broken,
// what is stated is declared and bounded.
#include "decoders/rpc/bindings.h"
#include "decoders/rpc/endpoint.h"
#include "decoders/rpc/packets.h"
#include "decoders/rpc/reason.h"
#include "decoders/rpc/rpc.h"
#include "decoders/rpc/rts.h"
#include "tests/fuzz/fuzzed_exchange.h"

namespace {

using exotap::fuzzing::check;

void check_packets(std::string_view bytes) {
  exotap::RpcPackets packets(bytes);
  exotap::RpcPacket packet;
  std::size_t taken = 0;
  while (packets.next(packet)) {
    check(packet.bytes.data() == bytes.data() + taken);
    taken += packet.bytes.size();
    check(packets.at() == taken);
    check(packet.body.size() + packet.auth_token.size() + 16 <= packet.bytes.size());
    check(exotap::asked_interfaces(packet).size() <= exotap::kMaxRpcContexts);
    check(exotap::bind_results(packet).size() <= exotap::kMaxRpcContexts);
    const exotap::RtsPacket rts = exotap::read_rts(packet.bytes.substr(16));
    check(rts.command_count <= exotap::kMaxRtsCommands);
    check(!exotap::rts_name(rts, true).empty());
  }
  check(taken <= bytes.size());
  check((packets.end() == exotap::RpcPackets::End::whole) == (taken == bytes.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kMethods[] = {"RPC_IN_DATA", "RPC_OUT_DATA", "RPC_CONNECT", "GET"};
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  check_packets(bytes);
  (void)exotap::parse_rpc_reason(bytes);
  check(exotap::parse_rpc_endpoint(bytes).server.size() <= exotap::kMaxRpcServer);

  exotap::Exchange exchange;
  exotap::fuzzing::set_head(exchange.request, kMethods[choice & 3U], "/rpc/rpcproxy.dll?a:6001", "",
                            "");
  exotap::fuzzing::set_body(exchange.request, bytes, (choice & 0x80U) != 0);
  if ((choice & 0x40U) != 0) {
    exotap::fuzzing::set_head(exchange.answer, "", "", "application/rpc", "");
    exchange.answer.head.status = 200;
    exotap::fuzzing::set_body(exchange.answer, bytes, (choice & 0x20U) != 0);
  }
  check(exotap::kRpcDecoder.recognises(exchange));
  exotap::Facts facts;
  exotap::kRpcDecoder.decode(exchange, facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    bool declared = false;
    for (const exotap::FactSpec* spec : exotap::kRpcDecoder.emits) {
      declared = declared || spec == facts[i].spec;
    }
    check(declared);
  }
  check(!facts.overflowed());
  return 0;
}
