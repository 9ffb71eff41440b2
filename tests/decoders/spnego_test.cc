#include "decoders/spnego.h"

#include <gtest/gtest.h>

#include <string>

#include "decoders/auth/mechanisms.h"
#include "tests/decoders/auth_messages.h"

namespace exotap {
namespace {

using namespace testing;
using namespace std::string_view_literals;

TEST(Spnego, AnOfferNamesItsMechanismsInOrder) {
  const std::string bytes = spnego_init("inner");
  const SpnegoToken token = read_spnego(bytes);
  EXPECT_EQ(token.kind, SpnegoToken::Kind::init);
  ASSERT_EQ(token.offered_count, 2U);
  EXPECT_EQ(mechanism_name(token.offered[0]), "kerberos");
  EXPECT_EQ(mechanism_name(token.offered[1]), "ntlm");
  EXPECT_EQ(token.token, "inner");
  EXPECT_FALSE(token.broken);
}

TEST(Spnego, AnOfferMayComeWithoutItsGssHead) {
  const std::string whole = spnego_init("inner");
  const std::string bare = whole.substr(whole.find('\xa0'));
  EXPECT_EQ(read_spnego(bare).kind, SpnegoToken::Kind::init);
  EXPECT_EQ(read_spnego(bare).token, "inner");
}

TEST(Spnego, OffersAreBounded) {
  std::string list;
  for (int i = 0; i < 20; ++i) list += kNtlmOid;
  const std::string bytes = der('\xa0', der('\x30', der('\xa0', der('\x30', list))));
  EXPECT_EQ(read_spnego(bytes).offered_count, kMaxMechanisms);
}

TEST(Spnego, AnAnswerHasAState) {
  const std::string bytes =
      der('\xa1', der('\x30', der('\xa0', "\x0a\x01\x01") + der('\xa1', kNtlmOid) +
                                  der('\xa2', der('\x04', "challenge"))));
  const SpnegoToken token = read_spnego(bytes);
  EXPECT_EQ(token.kind, SpnegoToken::Kind::response);
  EXPECT_EQ(token.state, 1);
  EXPECT_EQ(mechanism_name(token.chosen), "ntlm");
  EXPECT_EQ(token.token, "challenge");
  EXPECT_EQ(read_spnego(spnego_response(2, "")).state, 2);
}

TEST(Spnego, WhatOnlyBeginsLikeOneIsBroken) {
  EXPECT_TRUE(read_spnego("\xa1\x02zz"sv).broken);
  EXPECT_TRUE(read_spnego("\xa0\x03zzz"sv).broken);
  EXPECT_EQ(read_spnego("").kind, SpnegoToken::Kind::none);
  EXPECT_EQ(read_spnego("\x60\x02zz"sv).kind, SpnegoToken::Kind::none);
  EXPECT_EQ(read_spnego(kerberos()).kind, SpnegoToken::Kind::none);
}

TEST(Spnego, ListsMayBeProtected) {
  const std::string list = der('\xa0', der('\x30', kKerberosOid));
  const std::string mic = der('\x04', "mic");
  EXPECT_FALSE(read_spnego(spnego_init("inner")).mic);
  EXPECT_TRUE(read_spnego(der('\xa0', der('\x30', list + der('\xa3', mic)))).mic);
  EXPECT_FALSE(read_spnego(spnego_response(0, "inner")).mic);
  EXPECT_TRUE(read_spnego(der('\xa1', der('\x30', der('\xa3', mic)))).mic);
}

TEST(Spnego, AServersOwnOfferHasAHint) {
  const std::string list = der('\xa0', der('\x30', kKerberosOid));
  const std::string hints = der('\xa3', der('\x30', der('\xa0', der('\x1b', "hint"))));
  const std::string bytes =
      der('\xa0', der('\x30', list + hints + der('\xa4', der('\x04', "mic"))));
  EXPECT_EQ(read_spnego(bytes).hint, "hint");
  EXPECT_TRUE(read_spnego(bytes).mic);
  EXPECT_FALSE(read_spnego(der('\xa0', der('\x30', list + hints))).mic);
}

}  // namespace
}  // namespace exotap
