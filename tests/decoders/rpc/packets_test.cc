#include "decoders/rpc/packets.h"

#include <gtest/gtest.h>

#include "tests/decoders/rpc/rpc_writer.h"

namespace exotap {
namespace {

using testing::rpc_packet;

TEST(RpcPackets, AreTakenOneAfterTheOther) {
  const std::string bytes = rpc_packet(11, "first") + rpc_packet(3, "second!", "TOKEN", 9, 6);
  RpcPackets packets(bytes);
  RpcPacket packet;
  ASSERT_TRUE(packets.next(packet));
  EXPECT_EQ(packet.type, RpcPacketType::bind);
  EXPECT_EQ(packet.body, "first");
  EXPECT_FALSE(packet.has_auth);
  ASSERT_TRUE(packets.next(packet));
  EXPECT_EQ(packet.type, RpcPacketType::fault);
  EXPECT_EQ(packet.body, "second!");
  EXPECT_TRUE(packet.has_auth);
  EXPECT_EQ(packet.auth_type, 9);
  EXPECT_EQ(packet.auth_level, 6);
  EXPECT_EQ(packet.auth_token, "TOKEN");
  EXPECT_FALSE(packets.next(packet));
  EXPECT_EQ(packets.end(), RpcPackets::End::whole);
}

TEST(RpcPackets, OfABigEndianSenderAreUnderstood) {
  const std::string bytes = rpc_packet(3, testing::fault_body(0x1C010003, true), "T", 10, 2, true);
  RpcPackets packets(bytes);
  RpcPacket packet;
  ASSERT_TRUE(packets.next(packet));
  EXPECT_TRUE(packet.big_endian);
  EXPECT_EQ(packet.auth_token, "T");
  EXPECT_EQ(rpc_u32(packet, packet.body, 8), 0x1C010003U);
}

TEST(RpcPackets, CutAnywhereEndInACutPacket) {
  const std::string first = rpc_packet(0, "abc");
  const std::string bytes = first + rpc_packet(2, "defghij");
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    RpcPackets packets(std::string_view(bytes).substr(0, size));
    RpcPacket packet;
    std::size_t count = 0;
    while (packets.next(packet)) ++count;
    const bool whole = size == 0 || size == first.size() || size == bytes.size();
    EXPECT_EQ(packets.end(), whole ? RpcPackets::End::whole : RpcPackets::End::cut) << size;
    EXPECT_EQ(count, size == bytes.size() ? 2U : size >= first.size() ? 1U : 0U) << size;
  }
}

TEST(RpcPackets, StopAtWhatIsNone) {
  const auto end_of = [](const std::string& bytes) {
    RpcPackets packets(bytes);
    RpcPacket packet;
    while (packets.next(packet)) {
    }
    return packets.end();
  };
  EXPECT_EQ(end_of("<html> this is no packet"), RpcPackets::End::broken);
  std::string shorter = rpc_packet(0, "");
  shorter[8] = 15;
  EXPECT_EQ(end_of(shorter), RpcPackets::End::broken);
  std::string unknown = rpc_packet(0, "");
  unknown[2] = 21;
  EXPECT_EQ(end_of(unknown), RpcPackets::End::broken);
}

TEST(RpcPackets, MayBeNothingButATrailer) {
  const std::string bytes = rpc_packet(16, "", "TOKEN");
  RpcPackets packets(bytes);
  RpcPacket packet;
  ASSERT_TRUE(packets.next(packet));
  EXPECT_EQ(packet.body, "");
  EXPECT_EQ(packet.auth_token, "TOKEN");
}

TEST(RpcPackets, ATrailerThatDoesNotFitIsNone) {
  std::string bytes = rpc_packet(0, "12345678");
  bytes[10] = 1;  // auth_length, where eight bytes of trailer leave no room for it
  RpcPackets packets(bytes);
  RpcPacket packet;
  ASSERT_TRUE(packets.next(packet));
  EXPECT_FALSE(packet.has_auth);
  EXPECT_EQ(packet.body, "12345678");
}

TEST(RpcNumbers, BeyondTheEndAreZero) {
  const RpcPacket packet;
  EXPECT_EQ(rpc_u16(packet, "\x01", 0), 0);
  EXPECT_EQ(rpc_u16(packet, "\x01\x02", 1), 0);
  EXPECT_EQ(rpc_u32(packet, "\x01\x02\x03\x04", 1), 0U);
  EXPECT_EQ(rpc_u32(packet, "", static_cast<std::size_t>(-1)), 0U);
}

}  // namespace
}  // namespace exotap
