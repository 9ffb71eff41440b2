#include "decoders/federation/base64_text.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(Base64Text, IsReadAcrossLines) {
  EXPECT_EQ(base64_bytes("aGVs\r\n bG8=\n", 100), "hello");
  EXPECT_EQ(base64_bytes("aGVsbG8", 100), "hello");
  EXPECT_EQ(base64_bytes("-_-_", 100), "\xFB\xFF\xBF");
}

TEST(Base64Text, IsWholeOrNothing) {
  for (const char* text : {"", "=", "a", "aGVs!bG8=", "<x>", "aGVsbG8=aGVsbG8="}) {
    EXPECT_EQ(base64_bytes(text, 100), std::nullopt) << text;
  }
  EXPECT_EQ(base64_bytes("aGVsbG8=", 5), "hello");
  EXPECT_EQ(base64_bytes("aGVsbG8=", 4), std::nullopt);
}

}  // namespace
}  // namespace exotap
