#include "decoders/entra/aadsts.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/stated_facts.h"

namespace exotap {
namespace {

using testing::values_of;

TEST(AadstsName, IsMicrosoftsOwn) {
  EXPECT_EQ(aadsts_name(50126), "InvalidUserNameOrPassword");
  EXPECT_EQ(aadsts_name(50076), "UserStrongAuthClientAuthNRequired");
  EXPECT_EQ(aadsts_name(53003), "BlockedByConditionalAccess");
  EXPECT_EQ(aadsts_name(65001), "DelegationDoesNotExist");
  EXPECT_EQ(aadsts_name(700082), "ExpiredOrRevokedGrantInactiveToken");
  EXPECT_EQ(aadsts_name(16000), "InteractionRequired");
  EXPECT_EQ(aadsts_name(9002313), "InvalidRequest");
}

TEST(AadstsName, IsEmptyWhereTheListHasNone) {
  for (const std::int64_t code : {0, -1, 15999, 50056, 50127 + 1, 9002314}) {
    EXPECT_EQ(aadsts_name(code), "") << code;
  }
}

TEST(AadstsStep, IsWhatLooksLikeAnErrorAndIsNone) {
  for (const std::int64_t code : {50058, 50140, 50199, 70016}) EXPECT_TRUE(is_aadsts_step(code));
  for (const std::int64_t code : {50126, 50076, 70019, 0}) EXPECT_FALSE(is_aadsts_step(code));
}

TEST(AadstsInterrupt, IsWhatAPageAsksItsUserFor) {
  for (const std::int64_t code : {16000, 50076, 50079, 50097}) {
    EXPECT_TRUE(is_aadsts_interrupt(code)) << code;
    EXPECT_FALSE(is_aadsts_step(code)) << code;
  }
  for (const std::int64_t code : {50126, 53003, 50058, 0}) EXPECT_FALSE(is_aadsts_interrupt(code));
}

TEST(AadstsCodes, AreReadInOrderAndOnce) {
  using Codes = std::vector<std::int64_t>;
  EXPECT_EQ(aadsts_codes("AADSTS70002: Error validating credentials. AADSTS50126: Invalid username "
                         "or password. AADSTS70002: again"),
            (Codes{70002, 50126}));
  EXPECT_EQ(aadsts_codes("no number"), Codes{});
  EXPECT_EQ(aadsts_codes("xAADSTS50126 AADSTS12 AADSTS"), Codes{});
  EXPECT_EQ(aadsts_codes("AADSTS99999999999999999999: too large"), Codes{});
  std::string many;
  for (int i = 0; i < 40; ++i) many += "AADSTS" + std::to_string(50000 + i) + " ";
  EXPECT_EQ(aadsts_codes(many).size(), kMaxAadstsCodes);
}

TEST(StateAadsts, StatesANumberOnce) {
  Facts facts;
  state_aadsts(50126, facts);
  state_aadsts(50126, facts);
  state_aadsts(12345, facts);
  EXPECT_EQ(values_of(facts, "aadsts.code"), (std::vector<std::string>{"50126", "12345"}));
  EXPECT_EQ(values_of(facts, "aadsts.name").size(), 1U);
}

}  // namespace
}  // namespace exotap
