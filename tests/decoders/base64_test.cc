#include "decoders/base64.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace exotap {
namespace {

std::string decoded(std::string_view text, std::size_t limit = 64) {
  std::array<unsigned char, 64> buffer;
  const std::size_t size = decode_base64(text, std::span(buffer).first(limit));
  return {reinterpret_cast<const char*>(buffer.data()), size};
}

TEST(Base64, VectorsOfTheStandard) {  // RFC 4648 section 10
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("Zg=="), "f");
  EXPECT_EQ(decoded("Zm8="), "fo");
  EXPECT_EQ(decoded("Zm9v"), "foo");
  EXPECT_EQ(decoded("Zm9vYmFy"), "foobar");
}

TEST(Base64, PaddingMayBeMissing) { EXPECT_EQ(decoded("Zm8"), "fo"); }

TEST(Base64, BothAlphabetsAreRead) {
  EXPECT_EQ(decoded("+/+/"), decoded("-_-_"));
  EXPECT_EQ(decoded("+/+/"), "\xFB\xFF\xBF");
}

TEST(Base64, StopsAtWhatIsNoBase64) { EXPECT_EQ(decoded("Zm9v!Zm9v"), "foo"); }

TEST(Base64, StopsThereInWhateverPlaceOfAGroup) {
  const std::string text = "Zm9vYmFyZm9v";  // "foobarfoo"
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char bad : {'!', '\x80', '\0', '='}) {
      std::string broken = text;
      broken[at] = bad;
      EXPECT_EQ(decoded(broken), std::string("foobarfoo").substr(0, at * 6 / 8)) << at;
    }
  }
}

TEST(Base64, WritesNoMoreThanThereIsRoomFor) {
  for (std::size_t limit = 0; limit < 6; ++limit) {
    EXPECT_EQ(decoded("Zm9vYmFy", limit), std::string("foobar").substr(0, limit));
  }
}

}  // namespace
}  // namespace exotap
