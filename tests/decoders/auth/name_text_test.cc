#include "decoders/auth/name_text.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/decoders/auth_messages.h"

namespace exotap {
namespace {

TEST(ShownName, HoldsNoControlCharacters) {
  EXPECT_EQ(shown_name("an\x1b[1m\x7f\n"), "an?[1m??");
  EXPECT_EQ(shown_name(testing::wide("a\tb"), true), "a?b");
  EXPECT_EQ(shown_name("\xfc", false), "\xC3\xBC");
}

TEST(ShownName, IsBounded) {
  EXPECT_EQ(shown_name(std::string(kMaxTokenName + 1, 'x')).size(), kMaxTokenName);
  EXPECT_LE(shown_name(testing::wide(std::string(1000, 'x')), true).size(), kMaxTokenName);
}

TEST(Hexadecimal, HasTwoDigitsAByte) {
  EXPECT_EQ(hexadecimal(std::array<std::uint8_t, 3>{0x00, 0x0f, 0xa9}), "000fa9");
}

}  // namespace
}  // namespace exotap
