#include "decoders/eas/multipart.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap::eas {
namespace {

std::string number(std::uint32_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i, value >>= 8U) bytes.push_back(static_cast<char>(value & 0xFFU));
  return bytes;
}

TEST(EasMultipart, FindsTheCommandInTheFirstPart) {
  const std::string bytes =
      number(2) + number(20) + number(5) + number(25) + number(4) + "first" + "rest";
  const auto read = read_multipart(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->parts, 2U);
  EXPECT_EQ(read->command, "first");
  EXPECT_FALSE(read->cut);
}

TEST(EasMultipart, TellsACutPart) {
  const std::string bytes = number(1) + number(12) + number(5) + "fir";
  const auto read = read_multipart(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->command, "fir");
  EXPECT_TRUE(read->cut);
  const auto beyond = read_multipart(number(1) + number(0xFFFFFFF0U) + number(0xFFFFFFFFU));
  ASSERT_TRUE(beyond);
  EXPECT_EQ(beyond->command, "");
  EXPECT_TRUE(beyond->cut);
}

TEST(EasMultipart, RefusesWhatIsNoBeginning) {
  EXPECT_FALSE(read_multipart(""));
  EXPECT_FALSE(read_multipart(number(0) + number(4) + number(0)));
  EXPECT_FALSE(read_multipart(number(1) + number(4) + number(0))) << "inside its own head";
  EXPECT_FALSE(read_multipart(number(0xFFFFFFFFU) + number(12) + number(1)));
  const std::uint32_t head = 4 + 8 * 2'000'000;
  EXPECT_FALSE(read_multipart(number(2'000'000) + number(head) + number(1)));
  EXPECT_FALSE(read_multipart("\x03\x01\x6A"));
}

}  // namespace
}  // namespace exotap::eas
