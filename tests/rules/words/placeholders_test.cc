#include "rules/words/placeholders.h"

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::HasSubstr;

std::string filled(std::string_view text, const Facts& facts, const Facts& extra = {}) {
  std::string why;
  const auto parsed = TextTemplate::parse(text, test_vocabulary(), {}, why);
  EXPECT_TRUE(parsed.has_value()) << why;
  return parsed ? parsed->fill(facts, extra) : std::string();
}

std::string complaint(std::string_view text) {
  std::string why;
  EXPECT_FALSE(TextTemplate::parse(text, test_vocabulary(), {}, why).has_value()) << text;
  return why;
}

TEST(Placeholders, AreFilledWithFacts) {
  Facts facts = exchange_with("sts.contoso.com");
  facts.add(kStatus, 503);
  EXPECT_EQ(filled("{url.domain} said {http.response.status_code}.", facts),
            "sts.contoso.com said 503.");
  EXPECT_EQ(filled("", facts), "");
  EXPECT_EQ(filled("no placeholder", facts), "no placeholder");
}

TEST(Placeholders, AnAbsentFactHasItsAlternative) {
  EXPECT_EQ(filled("at {destination.ip|an unknown address}!", {}), "at an unknown address!");
  EXPECT_EQ(filled("{error.code|}none", {}), "none");
  EXPECT_EQ(filled("at {destination.ip}", {}), "at " + std::string(kAbsentText));
}

TEST(Placeholders, SeveralValuesAreJoined) {
  Facts facts;
  facts.add(kProblem, "expired");
  facts.add(kProblem, "wrong_name");
  EXPECT_EQ(filled("{tls.certificate.problem}", facts), "expired, wrong_name");
  for (int i = 0; i < 10; ++i) facts.add(kProblem, "weak");
  EXPECT_EQ(filled("{tls.certificate.problem}", facts), "expired, wrong_name, weak, weak, …");
}

TEST(Placeholders, BracesWrittenTwiceArePlain) {
  EXPECT_EQ(filled("{{url.domain}} and }}{{", {}), "{url.domain} and }{");
}

TEST(Placeholders, ValuesAreCutAndPrintable) {
  Facts facts;
  facts.add(kPath, "\x1B[2J" + std::string(5000, 'a'));
  const std::string text = filled("{url.path}", facts);
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
  EXPECT_LE(text.size(), kMaxPlaceholderText + 3);
}

TEST(Placeholders, WhatTheWireSaysIsNoPlaceholder) {
  Facts facts;
  facts.add(kPath, "{url.domain}");
  EXPECT_EQ(filled("{url.path}", facts), "{url.domain}");
}

TEST(Placeholders, UnknownFactsAndLoneBracesAreRefused) {
  EXPECT_EQ(complaint("{url.domian} fails"),
            "there is no fact for the placeholder {url.domian} (did you mean 'url.domain'?)");
  EXPECT_THAT(complaint("{}"), HasSubstr("placeholder {}"));
  EXPECT_THAT(complaint("a { b"), HasSubstr("'{' without its '}'"));
  EXPECT_THAT(complaint("a } b"), HasSubstr("'}' without its '{'"));
  EXPECT_THAT(complaint(std::string(kMaxTemplateText + 1, 'a')), HasSubstr("longer"));
}

TEST(Placeholders, ExtraFactsGoBeforeTheExchanges) {
  constexpr FactSpec kCount{"correlation.count", FactType::integer, ""};
  const FactSpec* extra[] = {&kCount};
  std::string why;
  const auto parsed =
      TextTemplate::parse("{correlation.count} of {url.domain}", test_vocabulary(), extra, why);
  ASSERT_TRUE(parsed) << why;
  Facts own;
  own.add(kCount, 3);
  EXPECT_EQ(parsed->fill(exchange_with("a.example"), own), "3 of a.example");
}

TEST(Placeholders, VerbatimTextsHaveNone) {
  EXPECT_EQ(TextTemplate::verbatim("{not.a.fact} }").fill({}, {}), "{not.a.fact} }");
}

}  // namespace
}  // namespace exotap
