#include "decoders/auth/mechanisms.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"

namespace exotap {
namespace {

using namespace testing;
using namespace std::string_view_literals;

TEST(GssToken, IsAMechanismAndItsMessage) {
  const std::string bytes = der('\x60', kKerberosOid + "message");
  const auto token = open_gss_token(bytes);
  ASSERT_TRUE(token);
  EXPECT_EQ(known_mechanism(token->mechanism), "kerberos");
  EXPECT_EQ(token->content, "message");
  EXPECT_FALSE(open_gss_token(""));
  EXPECT_FALSE(open_gss_token(der('\x61', kKerberosOid)));
  EXPECT_FALSE(open_gss_token(der('\x60', der('\x04', "x"))));
}

TEST(MechanismName, TheUsualOnesHaveNames) {
  EXPECT_EQ(mechanism_name("\x2b\x06\x01\x05\x05\x02"sv), "spnego");
  EXPECT_EQ(mechanism_name("\x2a\x86\x48\x82\xf7\x12\x01\x02\x02"sv), "ms_kerberos");
  EXPECT_EQ(mechanism_name("\x2b\x06\x01\x05\x02\x07"sv), "pku2u");
  EXPECT_EQ(mechanism_name("\x2b\x06\x01\x05\x02\x05"sv), "iakerb");
}

TEST(MechanismName, UnknownOnesAreDotted) {
  EXPECT_EQ(mechanism_name("\x2b\x06\x01\x05\x02\x63"sv), "1.3.6.1.5.2.99");
  EXPECT_EQ(known_mechanism("\x2b\x06\x01\x05\x02\x63"sv), "");
  EXPECT_EQ(mechanism_name("\x88\x37"sv), "2.999");
  EXPECT_EQ(mechanism_name(""), "");
  EXPECT_LE(mechanism_name(std::string(500, '\x7f')).size(), 64U);
}

}  // namespace
}  // namespace exotap
