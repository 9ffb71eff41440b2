#include "proxy/wire/upstream/base64_text.h"

#include <gtest/gtest.h>

namespace exotap::wire {
namespace {

TEST(Base64Text, BothWays) {
  for (const auto& [bytes, text] : {std::pair{"", ""},
                                    {"f", "Zg=="},
                                    {"fo", "Zm8="},
                                    {"foo", "Zm9v"},
                                    {"foobar", "Zm9vYmFy"}}) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  const std::string all = [] {
    std::string s;
    for (int i = 0; i < 256; ++i) s += static_cast<char>(i);
    return s;
  }();
  EXPECT_EQ(from_base64(to_base64(all)), all);
}

TEST(Base64Text, WhatIsNoneIsNotRead) {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm9\n", " m9v", "Zm9 ", "Zm9*", "=m9v"}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
  EXPECT_FALSE(from_base64(std::string(kMaxToken * 2, 'A')));
}

}  // namespace
}  // namespace exotap::wire
