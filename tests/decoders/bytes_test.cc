#include "decoders/bytes.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

using namespace std::string_view_literals;

TEST(ByteReader, ReadsLittleEndianNumbersAndTexts) {
  ByteReader reader("\x01\x02\x03\x04\x05\x06\xFFtext\0rest"sv);
  EXPECT_EQ(reader.u16(), 0x0201);
  EXPECT_EQ(reader.u32(), 0x06050403U);
  EXPECT_EQ(reader.u8(), 0xFF);
  EXPECT_EQ(reader.text(), "text");
  EXPECT_EQ(reader.rest(), "rest");
  EXPECT_EQ(reader.at(), 12U);
  EXPECT_FALSE(reader.broken());
}

TEST(ByteReader, StaysBrokenBehindTheEnd) {
  ByteReader reader("\x01\x02\x03");
  EXPECT_EQ(reader.u32(), 0U);
  EXPECT_TRUE(reader.broken());
  EXPECT_EQ(reader.u8(), 0);
  EXPECT_EQ(reader.take(1), "");
  EXPECT_EQ(reader.text(), "");
}

TEST(ByteReader, ATextWithoutItsEndIsNone) {
  ByteReader reader("abc");
  EXPECT_EQ(reader.text(), "");
  EXPECT_TRUE(reader.broken());
}

TEST(ByteReader, ASizeThatWrapsAroundIsTooLarge) {
  ByteReader reader("abc");
  reader.skip(1);
  EXPECT_EQ(reader.take(static_cast<std::size_t>(-1)), "");
  EXPECT_TRUE(reader.broken());
}

}  // namespace
}  // namespace exotap
