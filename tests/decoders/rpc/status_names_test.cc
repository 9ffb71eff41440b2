#include "decoders/rpc/status_names.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(RpcStatus, HasItsName) {
  EXPECT_EQ(rpc_status_name(5), "ERROR_ACCESS_DENIED");
  EXPECT_EQ(rpc_status_name(1722), "RPC_S_SERVER_UNAVAILABLE");
  EXPECT_EQ(rpc_status_name(0x1C010003), "nca_s_unk_if");
  EXPECT_EQ(rpc_status_name(0x80090346), "SEC_E_BAD_BINDINGS");
  EXPECT_EQ(rpc_status_name(0), "");
  EXPECT_EQ(rpc_status_name(0xFFFFFFFF), "");
  EXPECT_EQ(rpc_status_text(0x6BA), "0x000006ba");
}

TEST(RpcBindNames, AreThoseOfTheProtocol) {
  EXPECT_EQ(bind_nak_reason(0), "reason_not_specified");
  EXPECT_EQ(bind_nak_reason(8), "authentication_type_not_recognized");
  EXPECT_EQ(bind_nak_reason(10), "");
  EXPECT_EQ(bind_result(2), "provider_rejection");
  EXPECT_EQ(bind_result(4), "");
  EXPECT_EQ(bind_reject_reason(1), "abstract_syntax_not_supported");
  EXPECT_EQ(bind_reject_reason(9), "");
}

TEST(RpcAuthNames, AreWordsOrTheNumber) {
  EXPECT_EQ(rpc_auth_type(9), "negotiate");
  EXPECT_EQ(rpc_auth_type(10), "ntlm");
  EXPECT_EQ(rpc_auth_type(16), "kerberos");
  EXPECT_EQ(rpc_auth_type(200), "200");
  EXPECT_EQ(rpc_auth_level(6), "privacy");
  EXPECT_EQ(rpc_auth_level(2), "connect");
  EXPECT_EQ(rpc_auth_level(9), "9");
}

}  // namespace
}  // namespace exotap
