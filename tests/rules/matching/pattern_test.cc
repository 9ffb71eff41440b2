#include "rules/matching/pattern.h"

#include <gtest/gtest.h>

namespace exotap {
namespace {

using Where = Pattern::Where;

bool whole(std::string_view pattern, std::string_view text) {
  return Pattern(pattern, Where::whole, false).matches(text);
}

TEST(Pattern, APlainTextIsTheWholeTextWhateverItsCase) {
  EXPECT_TRUE(whole("ECONNREFUSED", "econnrefused"));
  EXPECT_FALSE(whole("ECONNREFUSED", "ECONNREFUSED "));
  EXPECT_FALSE(whole("ECONNREFUSED", "ECONN"));
  EXPECT_TRUE(whole("", ""));
  EXPECT_FALSE(whole("", "a"));
}

TEST(Pattern, CasedMindsTheCase) {
  EXPECT_TRUE(Pattern("Basic", Where::whole, true).matches("Basic"));
  EXPECT_FALSE(Pattern("Basic", Where::whole, true).matches("basic"));
  EXPECT_FALSE(Pattern("Bas", Where::anywhere, true).matches("a basic one"));
}

TEST(Pattern, StandsWhereItIsSaidToStand) {
  EXPECT_TRUE(Pattern("/adfs/", Where::start, false).matches("/ADFS/services"));
  EXPECT_FALSE(Pattern("/adfs/", Where::start, false).matches("x/adfs/"));
  EXPECT_TRUE(Pattern(".xml", Where::end, false).matches("autodiscover.XML"));
  EXPECT_FALSE(Pattern(".xml", Where::end, false).matches(".xmlx"));
  EXPECT_TRUE(Pattern("dis", Where::anywhere, false).matches("autoDIScover"));
  EXPECT_FALSE(Pattern("dix", Where::anywhere, false).matches("autodiscover"));
}

TEST(Pattern, AStarIsAnyTextAndAQuestionMarkOneCharacter) {
  EXPECT_TRUE(whole("*", ""));
  EXPECT_TRUE(whole("sts.*.com", "sts.contoso.com"));
  EXPECT_FALSE(whole("sts.*.com", "sts.contoso.org"));
  EXPECT_TRUE(whole("a*b*c", "a.b.b.c"));
  EXPECT_FALSE(whole("a*b*c", "a.b.b.cd"));
  EXPECT_TRUE(whole("4?1", "401"));
  EXPECT_FALSE(whole("4?1", "41"));
  EXPECT_TRUE(whole("gr?n", "gr\xC3\xBCn"));  // one character, two bytes
  EXPECT_TRUE(whole("*aab", "aaaaaab"));
}

TEST(Pattern, AStarAtAnEndIsThatEndLeftOpen) {
  EXPECT_TRUE(whole("*.outlook.com", "smtp.OUTLOOK.com"));
  EXPECT_TRUE(whole("auto*", "autodiscover"));
  EXPECT_TRUE(whole("*disc*", "autodiscover"));
  EXPECT_TRUE(Pattern("Mozilla/3.0 * Acrobat *", Where::whole, false)
                  .matches("Mozilla/3.0 (compatible) Acrobat Reader"));
}

TEST(Pattern, WildcardsWithinContains) {
  const Pattern pattern(".ghostbin.co/paste/*/raw/", Where::anywhere, false);
  EXPECT_TRUE(pattern.matches("https://a.ghostbin.co/paste/xyz/raw/1"));
  EXPECT_FALSE(pattern.matches("https://a.ghostbin.co/paste/raw/"));
}

TEST(Pattern, ABackslashTakesAWildcardsMeaning) {
  EXPECT_TRUE(whole(R"(what\?)", "what?"));
  EXPECT_FALSE(whole(R"(what\?)", "whats"));
  EXPECT_TRUE(whole(R"(a\*b)", "a*b"));
  EXPECT_FALSE(whole(R"(a\*b)", "axb"));
}

TEST(Pattern, OtherBackslashesAreThemselves) {
  EXPECT_TRUE(whole(R"(C:\Users)", R"(C:\Users)"));
  EXPECT_TRUE(whole(R"(C:\\Users)", R"(C:\Users)"));
  EXPECT_TRUE(whole(R"(dir\\*)", R"(dir\anything)"));
  EXPECT_TRUE(whole(R"(dir\\\*)", R"(dir\*)"));
  EXPECT_TRUE(whole(R"(end\)", R"(end\)"));
}

TEST(Pattern, CheaperShapesRankFirst) {
  EXPECT_LT(Pattern("a", Where::whole, false).cost(), Pattern("a", Where::anywhere, false).cost());
  EXPECT_LT(Pattern("a", Where::anywhere, false).cost(),
            Pattern("a*b", Where::whole, false).cost());
}

TEST(Pattern, ManyStarsStayQuick) {
  std::string stars;
  for (int i = 0; i < 500; ++i) stars += "a*";
  EXPECT_FALSE(whole(stars + "b", std::string(4096, 'a')));
}

}  // namespace
}  // namespace exotap
