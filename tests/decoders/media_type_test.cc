#include "decoders/media_type.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

TEST(MediaType, HasNoParameters) {
  EXPECT_EQ(media_type_of("Text/XML ; charset=utf-8"), "Text/XML");
  EXPECT_EQ(media_type_of(""), "");
  EXPECT_EQ(media_type_of(";a=b"), "");
}

TEST(MediaParameter, IsFoundByItsNameWithoutCase) {
  const std::string_view value =
      "multipart/related; Type=\"a;b\";\r\n\tBoundary = x1 ; start=\"<r>\"";
  EXPECT_EQ(media_parameter(value, "type"), "a;b");
  EXPECT_EQ(media_parameter(value, "boundary"), "x1");
  EXPECT_EQ(media_parameter(value, "start"), "<r>");
  EXPECT_EQ(media_parameter(value, "charset"), "");
}

TEST(MediaParameter, TheFirstCountsAndANameIsWhole) {
  EXPECT_EQ(media_parameter("a/b; charset=x; charset=y", "charset"), "x");
  EXPECT_EQ(media_parameter("a/b; xcharset=x", "charset"), "");
  EXPECT_EQ(media_parameter("charset=x", "charset"), "") << "the type, not a parameter";
}

TEST(MediaParameter, EscapesAndOpenQuotes) {
  EXPECT_EQ(media_parameter("a/b; n=\"x\\\"y\"; m=z", "n"), "x\"y");
  EXPECT_EQ(media_parameter("a/b; n=\"x\\\"y\"; m=z", "m"), "z");
  EXPECT_EQ(media_parameter("a/b; n=\"open; m=z", "n"), "open; m=z");
  EXPECT_EQ(media_parameter("a/b; n=\"", "n"), "");
  EXPECT_EQ(media_parameter("a/b; n", "n"), "");
  EXPECT_EQ(media_parameter("a/b;;;", "n"), "");
}

TEST(MediaParameter, CountsAreBounded) {
  std::string value = "a/b";
  for (std::size_t i = 0; i < kMaxMediaParameters; ++i) value += ";x=1";
  EXPECT_EQ(media_parameter(value + ";n=1", "n"), "");
}

TEST(BinaryType, IsNoText) {
  for (const char* type : {"image/png", "Application/MAPI-HTTP", "application/vnd.ms-sync.wbxml"}) {
    EXPECT_TRUE(is_binary_type(type)) << type;
  }
  for (const char* type : {"", "text/xml", "application/octet-stream", "application/json"}) {
    EXPECT_FALSE(is_binary_type(type)) << type;
  }
}

}  // namespace
}  // namespace exotap
