#include "decoders/rpc/rts.h"

#include <gtest/gtest.h>

#include "tests/decoders/rpc/rpc_writer.h"

namespace exotap {
namespace {

using namespace testing;

std::string from_client(const std::string& body) { return rts_name(read_rts(body), true); }
std::string from_proxy(const std::string& body) { return rts_name(read_rts(body), false); }

TEST(RtsPacket, GivesItsNumbers) {
  const RtsPacket packet =
      read_rts(rts_body(0, {rts_version(), rts_cookie(), rts_cookie(), rts_number(4, 1U << 30U),
                            rts_number(5, 300000), rts_cookie(12)}));
  EXPECT_FALSE(packet.broken);
  EXPECT_EQ(packet.command_count, 6U);
  EXPECT_EQ(packet.channel_lifetime, 1U << 30U);
  EXPECT_EQ(packet.client_keepalive, 300000U);
  EXPECT_FALSE(packet.connection_timeout);
}

// MS-RPCH 2.2.4.2 to 2.2.4.51, those between client and proxy.
TEST(RtsName, IsToldByFlagsCommandsAndSender) {
  EXPECT_EQ(from_client(rts_body(0, {rts_version(), rts_cookie(), rts_cookie(), rts_window(1)})),
            "CONN/A1");
  EXPECT_EQ(from_proxy(rts_body(0, {rts_timeout(1)})), "CONN/A3");
  EXPECT_EQ(from_client(rts_body(0, {rts_version(), rts_cookie(), rts_cookie(), rts_number(4, 1),
                                     rts_number(5, 1), rts_cookie(12)})),
            "CONN/B1");
  EXPECT_EQ(from_proxy(rts_body(0, {rts_version(), rts_window(1), rts_timeout(1)})), "CONN/C2");
  EXPECT_EQ(from_client(rts_body(4, {rts_version(), rts_cookie(), rts_cookie(), rts_cookie()})),
            "IN_R1/A1|IN_R2/A1");
  EXPECT_EQ(
      from_proxy(rts_body(0, {rts_destination(0), rts_version(), rts_window(1), rts_timeout(1)})),
      "IN_R1/A4");
  EXPECT_EQ(from_client(rts_body(0, {rts_cookie()})), "IN_R1/A5|IN_R2/A5");
  EXPECT_EQ(from_proxy(rts_body(0, {rts_destination(0)})), "IN_R2/A4");
  EXPECT_EQ(from_proxy(rts_body(4, {rts_destination(0)})), "OUT_R1/A2|OUT_R2/A2");
  EXPECT_EQ(from_client(rts_body(
                4, {rts_version(), rts_cookie(), rts_cookie(), rts_cookie(), rts_window(1)})),
            "OUT_R1/A3|OUT_R2/A3");
  EXPECT_EQ(from_proxy(rts_body(16, {rts_destination(0), rts_version(), rts_timeout(1)})),
            "OUT_R1/A6");
  EXPECT_EQ(from_client(rts_body(16, {rts_destination(2), rts_cookie()})), "OUT_R1/A7");
  EXPECT_EQ(from_proxy(rts_body(0, {rts_bare(10)})), "OUT_R1/A10");
  EXPECT_EQ(from_client(rts_body(0, {rts_bare(10)})), "OUT_R1/A11");
  EXPECT_EQ(from_proxy(rts_body(0, {rts_destination(0), rts_bare(10)})), "OUT_R2/A6");
  EXPECT_EQ(from_client(rts_body(16, {rts_destination(2), rts_cookie(), rts_version()})),
            "OUT_R2/A7");
  EXPECT_EQ(from_proxy(rts_body(0, {rts_bare(9)})), "OUT_R2/B2");
  EXPECT_EQ(from_proxy(rts_body(32, {rts_bare(10)})), "OUT_R2/B3");
  EXPECT_EQ(from_client(rts_body(1, {rts_bare(7)})), "OUT_R2/C1");
  EXPECT_EQ(from_client(rts_body(2, {rts_number(5, 1)})), "Keep-Alive");
  EXPECT_EQ(from_proxy(rts_body(64, {})), "Echo");
  EXPECT_EQ(from_client(rts_body(1, {})), "Ping");
  EXPECT_EQ(from_client(rts_body(2, {RpcBytes().dword(1).raw(std::string(24, 'x')).bytes()})),
            "FlowControlAck");
  EXPECT_EQ(from_proxy(rts_body(
                2, {rts_destination(2), RpcBytes().dword(1).raw(std::string(24, 'x')).bytes()})),
            "FlowControlAckWithDestination");
}

TEST(RtsName, OfNoKnownPacketTellsWhatItIsMadeOf) {
  EXPECT_EQ(from_client(rts_body(0x30, {rts_destination(2), rts_cookie()})), "RTS 0x30 [13 3]");
  EXPECT_EQ(from_proxy(rts_body(0, {rts_version(), rts_cookie(), rts_cookie(), rts_window(1)})),
            "RTS 0x0 [6 3 3 0]");
}

TEST(RtsPacket, OfVariableCommandsIsReadBehindThem) {
  const std::string padding = RpcBytes().dword(8).dword(5).raw("12345").bytes();
  const std::string four = RpcBytes().dword(11).dword(0).raw(std::string(16, 'x')).bytes();
  const std::string six = RpcBytes().dword(11).dword(1).raw(std::string(28, 'x')).bytes();
  const RtsPacket packet = read_rts(rts_body(0, {padding, four, six, rts_timeout(7)}));
  EXPECT_FALSE(packet.broken);
  EXPECT_EQ(packet.connection_timeout, 7U);
}

TEST(RtsPacket, ThatCannotBeIsBroken) {
  EXPECT_TRUE(read_rts("").broken);
  EXPECT_TRUE(read_rts(rts_body(0, {rts_bare(15)})).broken);
  EXPECT_TRUE(read_rts(RpcBytes().word(0).word(11).bytes()).broken);
  EXPECT_TRUE(read_rts(RpcBytes().word(0).word(1).dword(8).dword(0xFFFFFFFF).bytes()).broken);
  const std::string whole = rts_body(0, {rts_version(), rts_cookie(), rts_window(1)});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_TRUE(read_rts(std::string_view(whole).substr(0, size)).broken) << size;
  }
}

}  // namespace
}  // namespace exotap
