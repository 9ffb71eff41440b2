#include "decoders/content_coding.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/decoders/coded_bytes.h"

namespace exotap {
namespace {

using testing::deflated;
using testing::gzipped;
using testing::kManagedInBrotli;
using testing::kManagedText;
using testing::kZerosInBrotli;
using testing::zstd_coded;

constexpr std::size_t kPlenty = 1 << 20;

TEST(ContentCoding, IsKnownByAnySpellingOfItsName) {
  EXPECT_EQ(content_coding("GZip"), ContentCoding::gzip);
  EXPECT_EQ(content_coding("x-gzip"), ContentCoding::gzip);
  EXPECT_EQ(content_coding("deflate"), ContentCoding::deflate);
  EXPECT_EQ(content_coding("br"), ContentCoding::brotli);
  EXPECT_EQ(content_coding("zstd"), ContentCoding::zstd);
  EXPECT_EQ(content_coding("identity"), ContentCoding::identity);
  EXPECT_EQ(content_coding(""), ContentCoding::identity);
  EXPECT_EQ(content_coding("compress"), ContentCoding::unknown);
}

struct Coded {
  ContentCoding coding;
  std::string bytes;
};

std::vector<Coded> every_coding() {
  return {{ContentCoding::gzip, gzipped(kManagedText)},
          {ContentCoding::deflate, deflated(kManagedText, 15)},
          {ContentCoding::deflate, deflated(kManagedText, -15)},
          {ContentCoding::brotli, std::string(kManagedInBrotli)},
          {ContentCoding::zstd, zstd_coded(kManagedText)}};
}

TEST(RemoveContentCoding, GivesTheTextBack) {
  for (const Coded& coded : every_coding()) {
    const Inflated inflated = remove_content_coding(coded.coding, coded.bytes, kPlenty);
    EXPECT_EQ(inflated.bytes, kManagedText) << static_cast<int>(coded.coding);
    EXPECT_TRUE(inflated.ended);
    EXPECT_FALSE(inflated.over_limit);
    EXPECT_FALSE(inflated.invalid);
  }
}

TEST(RemoveContentCoding, KeepsTheBeginOfACutBody) {
  for (const Coded& coded : every_coding()) {
    for (std::size_t size = 0; size < coded.bytes.size(); ++size) {
      const Inflated inflated =
          remove_content_coding(coded.coding, coded.bytes.substr(0, size), kPlenty);
      EXPECT_TRUE(kManagedText.starts_with(inflated.bytes)) << static_cast<int>(coded.coding);
    }
    const Inflated most = remove_content_coding(
        coded.coding, std::string_view(coded.bytes).substr(0, coded.bytes.size() - 1), kPlenty);
    EXPECT_FALSE(most.ended) << static_cast<int>(coded.coding);
    EXPECT_FALSE(most.invalid) << static_cast<int>(coded.coding);
  }
}

TEST(RemoveContentCoding, NeverGivesMoreThanItsLimit) {
  const std::string zeros(4'000'000, '\0');
  const Coded bombs[] = {{ContentCoding::gzip, gzipped(zeros)},
                         {ContentCoding::deflate, deflated(zeros, 15)},
                         {ContentCoding::brotli, std::string(kZerosInBrotli)},
                         {ContentCoding::zstd, zstd_coded(zeros)}};
  for (const Coded& bomb : bombs) {
    const Inflated inflated = remove_content_coding(bomb.coding, bomb.bytes, 100'000);
    EXPECT_EQ(inflated.bytes.size(), 100'000U) << static_cast<int>(bomb.coding);
    EXPECT_TRUE(inflated.over_limit) << static_cast<int>(bomb.coding);
  }
  EXPECT_FALSE(
      remove_content_coding(ContentCoding::gzip, gzipped(kManagedText), kManagedText.size())
          .over_limit);
}

TEST(RemoveContentCoding, SaysWhatIsNoSuchCoding) {
  for (const ContentCoding coding :
       {ContentCoding::gzip, ContentCoding::deflate, ContentCoding::brotli, ContentCoding::zstd}) {
    const Inflated inflated =
        remove_content_coding(coding, "<html>this is in the clear</html>", kPlenty);
    EXPECT_TRUE(inflated.invalid) << static_cast<int>(coding);
    EXPECT_FALSE(inflated.ended);
  }
  EXPECT_TRUE(remove_content_coding(ContentCoding::unknown, "x", kPlenty).invalid);
}

TEST(RemoveContentCoding, KeepsWhatCameBeforeABrokenByte) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919);
  std::string bytes = gzipped(text);
  bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 0x55);  // the checksum
  const Inflated inflated = remove_content_coding(ContentCoding::gzip, bytes, kPlenty);
  EXPECT_TRUE(inflated.invalid);
  EXPECT_EQ(inflated.bytes, text);
}

TEST(ContentCoding, MembersThatFollowEachOtherAreOneBody) {
  const std::string gzip =
      testing::gzipped("one ") + testing::gzipped("") + testing::gzipped("two");
  const Inflated unzipped = remove_content_coding(ContentCoding::gzip, gzip, 1000);
  EXPECT_EQ(unzipped.bytes, "one two");
  EXPECT_EQ(unzipped.consumed, gzip.size());
  EXPECT_TRUE(unzipped.ended);
  const std::string frames = testing::zstd_coded("one ") + testing::zstd_coded("two");
  const Inflated read = remove_content_coding(ContentCoding::zstd, frames, 1000);
  EXPECT_EQ(read.bytes, "one two");
  EXPECT_EQ(read.consumed, frames.size());
  EXPECT_FALSE(
      remove_content_coding(ContentCoding::gzip, gzip.substr(0, gzip.size() - 4), 1000).ended);
}

TEST(ContentCoding, MembersAreBounded) {
  std::string many;
  const std::string empty = testing::gzipped("");
  for (int i = 0; i <= kMaxCodedMembers; ++i) many += empty;
  const Inflated read = remove_content_coding(ContentCoding::gzip, many, 1000);
  EXPECT_EQ(read.consumed, many.size() - empty.size());
}

}  // namespace
}  // namespace exotap
