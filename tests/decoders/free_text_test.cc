#include "decoders/free_text.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

TEST(Sentence, BecomesOneLine) {
  EXPECT_EQ(sentence("\n  MSIS3127: The\tspecified\r\n request failed.\n\t"),
            "MSIS3127: The specified request failed.");
  EXPECT_EQ(sentence(" \n"), "");
  EXPECT_EQ(sentence(""), "");
}

TEST(Sentence, KeepsUrlsGuidsAndLongHostNames) {
  const std::string_view text =
      "The request to https://login.microsoftonline.com/common/oauth2/token failed. Trace ID: "
      "c887b098-4934-4d3c-9a96-e929108c4f01";
  EXPECT_EQ(sentence(text), text);
}

TEST(Sentence, HidesWhatCouldBeAToken) {
  EXPECT_EQ(sentence("token eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0. is bad"),
            "token [redacted] is bad");
  EXPECT_EQ(sentence("got '" + std::string(200, 'A') + "'"), "got '[redacted]'");
  EXPECT_EQ(sentence("got '" + std::string(100, 'A') + "//" + std::string(100, 'b') + "=='"),
            "got '[redacted]'");
  EXPECT_EQ(sentence("eyJ is short"), "eyJ is short");
}

TEST(Sentence, IsCutOnACharacter) {
  std::string text;
  for (std::size_t i = 0; i < kMaxSentence; ++i) text += "\xC3\xA4 ";
  const std::string cut = sentence(text);
  EXPECT_LE(cut.size(), kMaxSentence);
  EXPECT_GE(cut.size(), kMaxSentence - 3);
  EXPECT_TRUE(cut.ends_with("\xC3\xA4") || cut.ends_with(" ")) << cut.substr(cut.size() - 4);
}

TEST(AadstsCode, IsTheNumberAfterItsPrefix) {
  EXPECT_EQ(aadsts_code("AADSTS50126: Error validating credentials"), 50126);
  EXPECT_EQ(aadsts_code("x (AADSTS700016)"), 700016);
  EXPECT_FALSE(aadsts_code("AADSTS: none"));
  EXPECT_FALSE(aadsts_code("50126"));
  EXPECT_FALSE(aadsts_code("AADSTS99999999999999999999999"));
}

TEST(NumberedCode, StandsAtAWordsBegin) {
  EXPECT_EQ(numbered_code("MSIS7068: Access denied.", "MSIS"), "MSIS7068");
  EXPECT_EQ(numbered_code("no VALID3242 but ID3242: x", "ID"), "ID3242");
  EXPECT_EQ(numbered_code("activity ID 1234, ID12", "ID"), "");
  EXPECT_EQ(numbered_code("MSIS", "MSIS"), "");
}

TEST(WholeNumber, HasNothingAroundItButBlanks) {
  EXPECT_EQ(whole_number(" 600\n"), 600);
  EXPECT_EQ(whole_number("-1"), -1);
  EXPECT_FALSE(whole_number("6 00"));
  EXPECT_FALSE(whole_number("0x10"));
  EXPECT_FALSE(whole_number(""));
  EXPECT_FALSE(whole_number("99999999999999999999"));
}

}  // namespace
}  // namespace exotap
