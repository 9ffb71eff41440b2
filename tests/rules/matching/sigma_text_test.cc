#include "rules/matching/sigma_text.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

TEST(SigmaText, TellsWildcardsFromWhatStandsForItself) {
  EXPECT_EQ(parse_sigma_text("a*?"), (std::u16string{u'a', kAnyText, kAnyCharacter}));
  EXPECT_EQ(parse_sigma_text("\\*\\?\\\\"), u"*?\\");
  EXPECT_EQ(parse_sigma_text("C:\\Users"), u"C:\\Users");
  EXPECT_EQ(parse_sigma_text("end\\"), u"end\\");
  EXPECT_EQ(parse_sigma_text("\\\\*"), (std::u16string{u'\\', kAnyText}));
}

TEST(SigmaText, WhatIsWrittenReadsTheSame) {
  std::u16string every;
  for (char16_t glyph = 0; glyph <= kAnyCharacter; ++glyph) every.push_back(glyph);
  every += u"\\\\*?\\";
  EXPECT_EQ(parse_sigma_text(write_sigma_text(every)), every);
}

}  // namespace
}  // namespace exotap
