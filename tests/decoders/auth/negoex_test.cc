#include "decoders/auth/negoex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/decoders/auth_messages.h"

namespace exotap {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using testing::little_endian;

const std::string kPku2uBytes = "\xad\x69\x5f\x23\xfb\x73\xbc\x4d\x82\x03\x06\x29\xe7\x39\x33\x9b";

// A message of that type, its head filled up with `rest`.
std::string message(unsigned type, const std::string& rest) {
  return "NEGOEXTS" + little_endian(type, 4) + little_endian(0, 4) + little_endian(40, 4) +
         little_endian(40 + rest.size(), 4) + std::string(16, 'c') + rest;
}

std::string nego(const std::string& schemes, std::size_t count) {
  return message(0, std::string(40, 'r') + little_endian(96, 4) + little_endian(count, 4) +
                        std::string(8, '\0') + schemes);
}

TEST(Negoex, NamesItsMessagesAndSchemes) {
  const std::string other = "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10";
  const NegoexToken token = read_negoex(nego(kPku2uBytes + other, 2) + message(2, "meta") +
                                        message(5, "ticket") + message(6, ""));
  EXPECT_THAT(token.messages,
              ElementsAre("initiator_nego", "initiator_meta_data", "ap_request", "verify"));
  EXPECT_THAT(token.schemes, ElementsAre("pku2u", "04030201-0605-0807-090a-0b0c0d0e0f10"));
  EXPECT_FALSE(token.broken);
}

TEST(Negoex, WhatLiesOutsideIsBroken) {
  EXPECT_TRUE(read_negoex(nego(kPku2uBytes, 2)).broken);
  EXPECT_THAT(read_negoex(nego(kPku2uBytes, 2)).schemes, ElementsAre("pku2u"));
  EXPECT_TRUE(read_negoex(message(0, "short")).broken);
  EXPECT_TRUE(read_negoex(message(8, "")).broken);
  EXPECT_TRUE(read_negoex(message(6, "") + "rest").broken);
  const std::string whole = nego(kPku2uBytes, 1);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_TRUE(read_negoex(whole.substr(0, size)).broken) << size;
  }
  EXPECT_FALSE(read_negoex("").broken);
}

TEST(Negoex, SizesThatDoNotAdvanceEndTheReading) {
  std::string stuck = message(6, "");
  stuck.replace(20, 4, little_endian(0, 4));
  EXPECT_TRUE(read_negoex(stuck).broken);
}

TEST(Negoex, CountsAreBounded) {
  std::string many;
  for (std::size_t i = 0; i < 2 * kMaxNegoexMessages; ++i) many += message(7, "");
  EXPECT_EQ(read_negoex(many).messages.size(), kMaxNegoexMessages);
  std::string schemes;
  for (std::size_t i = 0; i < 2 * kMaxNegoexSchemes; ++i) schemes += kPku2uBytes;
  EXPECT_EQ(read_negoex(nego(schemes, 2 * kMaxNegoexSchemes)).schemes.size(), kMaxNegoexSchemes);
}

}  // namespace
}  // namespace exotap
