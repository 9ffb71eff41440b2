#include "capture/glyph.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

// The first glyph's value, which must take the whole text.
char whole(std::string_view text) {
  const Glyph glyph = glyph_at(text, 0);
  EXPECT_EQ(glyph.size, text.size()) << text;
  return glyph.value;
}

std::string decoded(std::string_view text) {
  std::string out;
  append_decoded(out, text);
  return out;
}

TEST(Glyph, ReadsPercentEncodingOnceAndRepeated) {
  EXPECT_EQ(whole("%40"), '@');
  EXPECT_EQ(whole("%2540"), '@');
  EXPECT_EQ(whole("%25253d"), '=');
  EXPECT_EQ(whole("%25"), '%');
}

TEST(Glyph, ReadsReferencesOfMarkup) {
  EXPECT_EQ(whole("&lt;"), '<');
  EXPECT_EQ(whole("&amp;lt;"), '<');
  EXPECT_EQ(whole("&amp;amp;quot;"), '"');
  EXPECT_EQ(whole("&amp;"), '&');
  EXPECT_EQ(whole("&#64;"), '@');
  EXPECT_EQ(whole("&#x40;"), '@');
}

TEST(Glyph, ReadsEscapesOfJson) {
  EXPECT_EQ(whole("\\\""), '"');
  EXPECT_EQ(whole("\\\\\\\""), '"');
  EXPECT_EQ(whole("\\/"), '/');
  EXPECT_EQ(whole("\\u003c"), '<');
}

TEST(Glyph, WhatIsNoEscapeIsItself) {
  for (const char* text : {"%4", "%zz", "% 1", "&", "&copy;", "&lt", "&#200000;", "\\n", "\\",
                           "\\u20ac", "a", "\x80"}) {
    const Glyph glyph = glyph_at(text, 0);
    EXPECT_EQ(glyph.size, 1U) << text;
    EXPECT_EQ(glyph.value, text[0]) << text;
  }
  EXPECT_EQ(glyph_at("", 0).size, 0U);
  EXPECT_EQ(glyph_at("a", 1).size, 0U);
}

TEST(Glyph, DecodesAWholeText) {
  EXPECT_EQ(decoded("ada%2540contoso.com &lt;b&gt; 100%"), "ada@contoso.com <b> 100%");
}

TEST(Glyph, ManyBackslashesAreReadInLinearTime) {
  const std::string many(1U << 20U, '\\');
  EXPECT_EQ(decoded(many), many);
}

}  // namespace
}  // namespace exotap
