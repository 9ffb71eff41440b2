#include "rules/matching/item_words.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

// The words for an item, as a rule writes it.
std::string words(std::string_view key, std::vector<std::string_view> values,
                  std::vector<const FactSpec*> facts = {&kDomain}) {
  std::string why;
  const auto parsed = parse_field_key(key, why);
  EXPECT_TRUE(parsed) << why;
  return parsed ? item_in_words(*parsed, facts, values) : why;
}

TEST(ItemWords, SaysWhatAValueMustBe) {
  EXPECT_EQ(words("url.domain", {"a.example"}), "url.domain is 'a.example'");
  EXPECT_EQ(words("url.domain", {"a", "b"}), "url.domain is one of 'a', 'b'");
  EXPECT_EQ(words("url.domain|neq", {"a"}), "url.domain is not 'a'");
  EXPECT_EQ(words("url.domain|contains|all", {"a", "b"}), "url.domain contains all of 'a', 'b'");
  EXPECT_EQ(words("url.domain|endswith|neq", {"a"}), "url.domain does not end with 'a'");
  EXPECT_EQ(words("url.domain|startswith|cased", {"a"}),
            "url.domain begins with 'a' (letter case as written)");
  EXPECT_EQ(words("url.domain|re|i", {"a+"}),
            "url.domain matches the pattern 'a+' (in any letter case)");
  EXPECT_EQ(words("url.domain|cidr", {"10.0.0.0/8"}), "url.domain is in the network 10.0.0.0/8");
}

TEST(ItemWords, SeveralPatternsAndNetworksAreOneOfThem) {
  EXPECT_EQ(words("url.domain|re", {"a", "b"}), "url.domain matches one of the patterns 'a', 'b'");
  EXPECT_EQ(words("url.domain|re|all|neq", {"a", "b"}),
            "url.domain does not match all of the patterns 'a', 'b'");
  EXPECT_EQ(words("url.domain|cidr", {"10.0.0.0/8", "::1"}),
            "url.domain is in one of the networks 10.0.0.0/8, ::1");
  EXPECT_EQ(words("url.domain|fieldref", {"url.path"}), "url.domain is the same as url.path");
  EXPECT_EQ(words("url.domain|contains|fieldref", {"url.path", "url.query"}),
            "url.domain contains one of url.path, url.query");
}

TEST(ItemWords, NumbersStandWithoutQuotes) {
  EXPECT_EQ(words("url.port", {"443"}, {&kPort}), "url.port is 443");
  EXPECT_EQ(words("url.port|gte", {"1024"}, {&kPort}), "url.port is at least 1024");
  EXPECT_EQ(words("http.response.is_html", {"true"}, {&kIsHtml}), "http.response.is_html is true");
  EXPECT_EQ(words("url.domain|hour|lt", {"6"}), "the hour of url.domain is less than 6");
}

TEST(ItemWords, AbsenceAndPresenceAreSaidPlainly) {
  EXPECT_EQ(words("url.domain", {}), "url.domain is absent");
  EXPECT_EQ(words("url.domain|neq", {}), "url.domain is stated");
  EXPECT_EQ(words("url.domain|exists", {"true"}), "url.domain is stated");
  EXPECT_EQ(words("url.domain|exists", {"false"}), "url.domain is absent");
  EXPECT_EQ(words("url.domain", {""}), "url.domain is empty");
}

TEST(ItemWords, AFieldOfOthersIsToldWithOurFacts) {
  EXPECT_EQ(words("c-uri", {"/a"}, {&kDomain, &kPath}), "c-uri (url.domain or url.path) is '/a'");
  EXPECT_EQ(words("cs-cookie", {"a"}, {}), "cs-cookie (never available here) is 'a'");
  EXPECT_EQ(words("|all", {"a", "b"}, {}), "some fact contains all of 'a', 'b'");
}

TEST(ItemWords, SaysWhatIsDoneToValues) {
  EXPECT_EQ(words("url.domain|wide|base64offset|contains", {"a"}),
            "url.domain contains 'a' (in UTF-16, little-endian, anywhere within Base64)");
}

TEST(ItemWords, ALongListIsCounted) {
  const std::vector<std::string_view> many(kMaxWordedValues + 2, "x");
  EXPECT_THAT(words("url.domain", many), testing::EndsWith("'x' and 2 others"));
  EXPECT_LT(words("url.domain", {std::string(5000, 'x')}).size(), 2 * kMaxWordedText);
}

}  // namespace
}  // namespace exotap
