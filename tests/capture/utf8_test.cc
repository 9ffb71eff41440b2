#include "capture/utf8.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(Utf8, SizesOfCharacters) {
  EXPECT_EQ(utf8_size("a"), 1U);
  EXPECT_EQ(utf8_size("\xC3\xBCx"), 2U);
  EXPECT_EQ(utf8_size("\xE0\xA0\x80"), 3U);
  EXPECT_EQ(utf8_size("\xF0\x90\x80\x80"), 4U);
}

TEST(Utf8, WhatIsNoCharacterHasNoSize) {
  for (const char* text : {"", "\x80", "\xC3", "\xC0\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
                           "\xE2\x82", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xFF"}) {
    EXPECT_EQ(utf8_size(text), 0U);
  }
}

TEST(Utf8, CodePoints) {
  EXPECT_EQ(code_point("a"), U'a');
  EXPECT_EQ(code_point("\xC3\xBC"), U'\u00FC');
  EXPECT_EQ(code_point("\xE2\x82\xAC"), U'\u20AC');
  EXPECT_EQ(code_point("\xF0\x9F\x98\x80"), U'\U0001F600');
}

TEST(Utf8, TreacherousOnesAreKnown) {
  for (const char32_t code : {0x9BU, 0x2028U, 0x202EU, 0x2066U, 0x200BU, 0xFEFFU}) {
    EXPECT_TRUE(is_treacherous(code)) << static_cast<unsigned>(code);
  }
  for (const char32_t code : {0x41U, 0xA0U, 0xFCU, 0x20ACU, 0x2022U}) {
    EXPECT_FALSE(is_treacherous(code)) << static_cast<unsigned>(code);
  }
}

}  // namespace
}  // namespace exotap
