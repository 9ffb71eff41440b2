#include "decoders/rpc/reason.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(RpcReason, TellsTheNumber) {
  EXPECT_EQ(parse_rpc_reason("RPC Error: 6ba").error, 0x6BAU);
  EXPECT_EQ(parse_rpc_reason("rpc error: 0x5").error, 5U);
  EXPECT_EQ(parse_rpc_reason("RPC Error: c0021007").error, 0xC0021007U);
  EXPECT_FALSE(parse_rpc_reason("RPC Error: 6ba").has_details);
  const RpcReason detailed = parse_rpc_reason("RPC Error: 6ba, EEInfo: AQAAAA==");
  EXPECT_EQ(detailed.error, 0x6BAU);
  EXPECT_TRUE(detailed.has_details);
}

TEST(RpcReason, OfOtherPhrasesIsNone) {
  EXPECT_FALSE(parse_rpc_reason("Service Unavailable").error);
  EXPECT_FALSE(parse_rpc_reason("RPC Error: ").error);
  EXPECT_FALSE(parse_rpc_reason("RPC Error: none").error);
  EXPECT_FALSE(parse_rpc_reason("RPC Error: 6bax").error);
  EXPECT_FALSE(parse_rpc_reason("RPC Error: 123456789").error);
  EXPECT_FALSE(parse_rpc_reason("").error);
}

}  // namespace
}  // namespace exotap
