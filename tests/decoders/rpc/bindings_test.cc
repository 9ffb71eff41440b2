#include "decoders/rpc/bindings.h"

#include <gtest/gtest.h>

#include "tests/decoders/rpc/rpc_writer.h"

namespace exotap {
namespace {

RpcPacket packet_of(std::string_view body, bool big = false) {
  RpcPacket packet;
  packet.body = body;
  packet.big_endian = big;
  return packet;
}

using Names = std::vector<std::string>;

TEST(RpcBind, NamesExchangesInterfaces) {
  const std::string body = testing::bind_body({{testing::kEmsmdb, 0x00510000},
                                               {testing::kRfr, 1},
                                               {testing::kNspi, 56},
                                               {"00000001-0002-0003-0405-060708090a0b", 2}});
  EXPECT_EQ(asked_interfaces(packet_of(body)), (Names{"EMSMDB 0.81", "RFR 1.0", "NSPI 56.0",
                                                      "00000001-0002-0003-0405-060708090a0b 2.0"}));
  const std::string big = testing::bind_body({{testing::kNspi, 56}}, true);
  EXPECT_EQ(asked_interfaces(packet_of(big, true)), (Names{"NSPI 56.0"}));
}

TEST(RpcBind, CutAnywhereGivesTheContextsThatAreWhole) {
  const std::string body =
      testing::bind_body({{testing::kEmsmdb, 0x00510000}, {testing::kNspi, 56}});
  for (std::size_t size = 0; size <= body.size(); ++size) {
    const std::size_t names =
        asked_interfaces(packet_of(std::string_view(body).substr(0, size))).size();
    EXPECT_EQ(names, size >= 12 + 44 + 24 ? 2U : size >= 12 + 24 ? 1U : 0U) << size;
  }
}

TEST(RpcBind, GivesNoMoreContextsThanItSays) {
  std::string body = testing::bind_body({{testing::kNspi, 56}});
  body[8] = static_cast<char>(0xFF);
  for (int i = 0; i < 300; ++i) body += body.substr(12, 44);
  EXPECT_EQ(asked_interfaces(packet_of(body)).size(), kMaxRpcContexts);
}

TEST(RpcBindAck, TellsWhatBecameOfEachContext) {
  for (const std::string_view secondary : {"", "1", "6001", "\\PIPE\\x"}) {
    const std::string body = testing::bind_ack_body({{0, 0}, {2, 1}, {3, 3}}, secondary);
    const std::vector<BindResult> results = bind_results(packet_of(body));
    ASSERT_EQ(results.size(), 3U) << secondary;
    EXPECT_EQ(results[1].result, 2);
    EXPECT_EQ(results[1].reason, 1);
    EXPECT_EQ(results[2].result, 3);
  }
  EXPECT_TRUE(bind_results(packet_of("")).empty());
  EXPECT_TRUE(bind_results(packet_of(std::string(10, '\xFF'))).empty());
}

TEST(RpcRefusals, GiveTheirNumbers) {
  EXPECT_EQ(bind_nak_of(packet_of(std::string_view("\x04\x00", 2))), 4);
  EXPECT_FALSE(bind_nak_of(packet_of("\x04")));
  EXPECT_EQ(fault_of(packet_of(testing::fault_body(5))), 5U);
  EXPECT_FALSE(fault_of(packet_of("12345678901")));
}

}  // namespace
}  // namespace exotap
