#include "decoders/ascii.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

TEST(FieldName, IsFoundInAnyCase) {
  EXPECT_TRUE(is_field("WWW-Authenticate", "www-authenticate"));
  EXPECT_TRUE(is_field("www-authenticate", "www-authenticate"));
  EXPECT_TRUE(is_field("Date", "date"));
  EXPECT_TRUE(is_field("Location", "location"));
}

TEST(FieldName, DiffersWhereOneByteDiffersAnywhere) {
  const std::string_view name = "x-calculatedbetarget";
  for (std::size_t i = 0; i < name.size(); ++i) {
    std::string other(name);
    other[i] = other[i] == 'q' ? 'r' : 'q';
    EXPECT_FALSE(is_field(other, "x-calculatedbetarget")) << other;
  }
}

TEST(FieldName, DiffersFromItsPrefixAndItsExtension) {
  EXPECT_FALSE(is_field("request-i", "request-id"));
  EXPECT_FALSE(is_field("request-idx", "request-id"));
  EXPECT_FALSE(is_field("", "date"));
}

TEST(Ascii, LettersBeyondAsciiKeepTheirCase) {
  EXPECT_FALSE(equals_lower("\xC3\x84", "\xC3\xA4"));
  EXPECT_TRUE(equals_lower("AbC-1", "abc-1"));
  EXPECT_FALSE(equals_lower("abc", "abcd"));
}

TEST(Ascii, PrefixAndSuffixIgnoreCase) {
  EXPECT_TRUE(starts_with_lower("<!DOCTYPE html>", "<!doctype html"));
  EXPECT_FALSE(starts_with_lower("<!", "<!doctype html"));
  EXPECT_TRUE(ends_with_lower("/adfs/services/trust/MEX", "/mex"));
}

TEST(Ascii, TrimTakesBlanksOnlyFromTheEnds) {
  EXPECT_EQ(trim_blanks(" \ta b\t "), "a b");
  EXPECT_EQ(trim_blanks(" \t "), "");
}

}  // namespace
}  // namespace exotap
