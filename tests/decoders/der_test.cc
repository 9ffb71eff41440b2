#include "decoders/der.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/auth_messages.h"

namespace exotap {
namespace {

using namespace std::string_view_literals;
using testing::der;

TEST(Der, TakesOneValueAfterAnother) {
  const std::string text = der('\x04', "ab") + der('\x02', "\x05");
  std::string_view rest = text;
  const auto octets = take_der(rest);
  ASSERT_TRUE(octets);
  EXPECT_EQ(octets->tag, der::kOctets);
  EXPECT_EQ(octets->content, "ab");
  EXPECT_TRUE(octets->whole);
  EXPECT_EQ(der_number(*take_der(rest)), 5);
  EXPECT_FALSE(take_der(rest));
}

TEST(Der, ReadsLongLengths) {
  const std::string text = der('\x04', std::string(300, 'x'));
  std::string_view rest = text;
  EXPECT_EQ(take_der(rest)->content.size(), 300U);
  EXPECT_TRUE(rest.empty());
}

TEST(Der, AValueThatGoesOnBeyondTheBytesIsReadAsFarAsItIsThere) {
  std::string_view rest =
      "\x04\x82\x10\x00"
      "ab"sv;
  const auto value = take_der(rest);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->content, "ab");
  EXPECT_FALSE(value->whole);
  EXPECT_TRUE(rest.empty());
}

TEST(Der, WhatIsNoDerIsNotTaken) {
  for (const std::string_view bytes : {""sv, "\x04"sv, "\x04\x80zz"sv, "\x1f\x85\x01\x00"sv,
                                       "\x04\x85\x01\x01\x01\x01\x01z"sv, "\x04\x82\x01"sv}) {
    std::string_view rest = bytes;
    EXPECT_FALSE(take_der(rest)) << bytes.size();
    EXPECT_EQ(rest, bytes) << "nothing is consumed";
  }
}

TEST(Der, FindsAPartByItsWay) {
  const std::string text =
      der('\x30', der('\xa0', der('\x02', "\x01")) + der('\xa3', der('\x30', der('\x04', "deep"))));
  const auto found = find_der(text, der::kSequence, der::context(3), der::kSequence, der::kOctets);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->content, "deep");
  EXPECT_FALSE(find_der(text, der::kSequence, der::context(4), der::kOctets));
  EXPECT_FALSE(find_der(text, der::kOctets));
}

TEST(Der, LooksAtSoManySiblingsOnly) {
  std::string text;
  for (int i = 0; i < kMaxDerSiblings; ++i) text += der('\x02', "\x01");
  text += der('\x04', "beyond");
  EXPECT_FALSE(find_der(text, der::kOctets));
}

TEST(Der, NumbersHaveASign) {
  const auto number = [](std::string_view content) {
    return der_number({der::kInteger, content, true});
  };
  EXPECT_EQ(number("\x7f"), 127);
  EXPECT_EQ(number("\xff"), -1);
  EXPECT_EQ(number("\x01\x00"sv), 256);
  EXPECT_EQ(number(""), std::nullopt);
  EXPECT_EQ(number("123456789"), std::nullopt);
  EXPECT_EQ(der_number({der::kInteger, "\x01", false}), std::nullopt) << "cut short";
  EXPECT_EQ(der_number({der::kOctets, "\x01", true}), std::nullopt);
}

}  // namespace
}  // namespace exotap
