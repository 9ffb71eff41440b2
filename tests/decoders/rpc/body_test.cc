#include "decoders/rpc/body.h"

#include <gtest/gtest.h>

#include "tests/decoders/rpc/rpc_writer.h"
#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using namespace testing;

Message of(const std::string& body) {
  Message message;
  message.body = body;
  message.body_size = body.size();
  return message;
}

TEST(RpcBodyFacts, TheSenderChoosesTheNames) {
  Facts facts;
  EXPECT_EQ(state_rpc_body(of(rts(0, {rts_bare(10)})), true, facts), "");
  EXPECT_EQ(state_rpc_body(of(rts(0, {rts_bare(10)})), false, facts), "");
  expect_facts(facts, {{"rpc.request.rts", "OUT_R1/A11"}, {"rpc.answer.rts", "OUT_R1/A10"}});
}

TEST(RpcBodyFacts, TheFirstFailureIsHandedBack) {
  Facts facts;
  EXPECT_EQ(state_rpc_body(of(rpc_packet(3, fault_body(0x1C010002)) +
                              rpc_packet(13, RpcBytes().word(2).bytes())),
                           false, facts),
            "RPC fault nca_s_op_rng_error (0x1c010002)");
}

TEST(RpcBodyFacts, AMalformedControlPacketIsAnErrorAndTheRestIsRead) {
  Facts facts;
  (void)state_rpc_body(of(rpc_packet(20, RpcBytes().word(0).word(9).bytes()) + conn_c2()), false,
                       facts);
  EXPECT_EQ(value_of(facts, "decode.rpc.error"), "malformed RTS packet");
  EXPECT_EQ(value_of(facts, "rpc.answer.rts"), "CONN/C2");
}

TEST(RpcBodyFacts, AnEmptyBodyStatesNothing) {
  Facts facts;
  EXPECT_EQ(state_rpc_body(of(""), true, facts), "");
  EXPECT_TRUE(facts.empty());
}

}  // namespace
}  // namespace exotap
