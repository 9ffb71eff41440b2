#include "rules/matching/value_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace exotap {
namespace {

using testing::HasSubstr;

Modifiers modifiers(std::string_view key) {
  std::string why;
  const auto parsed = parse_field_key("field|" + std::string(key), why);
  EXPECT_TRUE(parsed.has_value()) << why;
  return parsed ? parsed->modifiers : Modifiers();
}

constexpr Modifiers kEqual{};

bool matches_text(const Modifiers& how, std::string_view value, std::string_view text) {
  std::string why;
  const auto match = ValueMatch::compile(how, FactType::text, value, why);
  EXPECT_TRUE(match.has_value()) << why;
  return match && match->matches({nullptr, text, 0});
}

bool matches_number(const Modifiers& how, std::string_view value, std::int64_t number) {
  std::string why;
  const auto match = ValueMatch::compile(how, FactType::integer, value, why);
  EXPECT_TRUE(match.has_value()) << why;
  return match && match->matches({nullptr, std::to_string(number), number});
}

std::string complaint(const Modifiers& how, FactType type, std::string_view value) {
  std::string why;
  EXPECT_FALSE(ValueMatch::compile(how, type, value, why).has_value()) << value;
  return why;
}

TEST(ValueMatch, ComparesTextsAndPatterns) {
  EXPECT_TRUE(matches_text(kEqual, "basic", "Basic"));
  EXPECT_TRUE(matches_text(kEqual, "*basic", "x-basic"));
  EXPECT_TRUE(matches_text(modifiers("contains"), "coll", "www.Collnet.com"));
  EXPECT_FALSE(matches_text(modifiers("contains|cased"), "coll", "www.Collnet.com"));
}

TEST(ValueMatch, ComparesNumbers) {
  EXPECT_TRUE(matches_number(kEqual, "401", 401));
  EXPECT_FALSE(matches_number(kEqual, "401", 4010));
  EXPECT_TRUE(matches_number(modifiers("lt"), "14", 13));
  EXPECT_FALSE(matches_number(modifiers("lt"), "14", 14));
  EXPECT_TRUE(matches_number(modifiers("lte"), "14", 14));
  EXPECT_TRUE(matches_number(modifiers("gt"), "-3", -2));
  EXPECT_FALSE(matches_number(modifiers("gt"), "-3", -3));
  EXPECT_TRUE(matches_number(modifiers("gte"), "500", 500));
}

TEST(ValueMatch, NoNumberIsBelowTheLeastOrAboveTheMost) {
  EXPECT_FALSE(matches_number(modifiers("lt"), "-9223372036854775808", INT64_MIN));
  EXPECT_FALSE(matches_number(modifiers("gt"), "9223372036854775807", INT64_MAX));
}

TEST(ValueMatch, ANumberMayBeMatchedByItsDigits) {
  EXPECT_TRUE(matches_number(kEqual, "5*", 503));
  EXPECT_FALSE(matches_number(kEqual, "5*", 405));
  EXPECT_TRUE(matches_number(modifiers("startswith"), "50", 5012));
}

TEST(ValueMatch, BooleansAreTrueOrFalse) {
  std::string why;
  const auto no = ValueMatch::compile(kEqual, FactType::boolean, "False", why);
  ASSERT_TRUE(no);
  EXPECT_TRUE(no->matches({nullptr, "false", 0}));
  EXPECT_FALSE(no->matches({nullptr, "true", 1}));
  EXPECT_THAT(complaint(kEqual, FactType::boolean, "yes"), HasSubstr("neither true nor false"));
}

TEST(ValueMatch, RegexesMindTheCaseUnlessToldOtherwise) {
  EXPECT_TRUE(matches_text(modifiers("re"), "MSIS\\d{4}", "see MSIS7068 there"));
  EXPECT_FALSE(matches_text(modifiers("re"), "MSIS\\d{4}", "see msis7068 there"));
  EXPECT_TRUE(matches_text(modifiers("re|i"), "MSIS\\d{4}", "see msis7068 there"));
  EXPECT_FALSE(matches_text(modifiers("re"), "a.b", "a\nb"));
  EXPECT_TRUE(matches_text(modifiers("re|s"), "a.b", "a\nb"));
  EXPECT_FALSE(matches_text(modifiers("re"), "^b", "a\nb"));
  EXPECT_TRUE(matches_text(modifiers("re|m"), "^b", "a\nb"));
}

TEST(ValueMatch, NetworksHoldAddresses) {
  EXPECT_TRUE(matches_text(modifiers("cidr"), "192.168.0.0/16", "192.168.7.1"));
  EXPECT_FALSE(matches_text(modifiers("cidr"), "192.168.0.0/16", "not an address"));
}

TEST(ValueMatch, RefusesWhatDoesNotFitTheFact) {
  EXPECT_THAT(complaint(modifiers("lt"), FactType::text, "3"), HasSubstr("no number"));
  EXPECT_THAT(complaint(modifiers("gte"), FactType::boolean, "1"), HasSubstr("no number"));
  EXPECT_EQ(complaint(kEqual, FactType::integer, "4xx"), "'4xx' is no whole number");
  EXPECT_THAT(complaint(kEqual, FactType::integer, "99999999999999999999"),
              HasSubstr("no whole number"));
  EXPECT_THAT(complaint(modifiers("gt"), FactType::integer, "4*"), HasSubstr("no number"));
  EXPECT_THAT(complaint(modifiers("cidr"), FactType::text, "10.0.0.0/99"),
              HasSubstr("no IP network"));
  EXPECT_THAT(complaint(modifiers("contains"), FactType::text, ""), HasSubstr("everything"));
}

TEST(ValueMatch, RefusesBadAndOversizedRegexes) {
  EXPECT_THAT(complaint(modifiers("re"), FactType::text, "(unclosed"),
              HasSubstr("bad regular expression '(unclosed'"));
  EXPECT_THAT(complaint(modifiers("re"), FactType::text, "(?=look)ahead"),
              HasSubstr("bad regular expression"));
  EXPECT_THAT(complaint(modifiers("re"), FactType::text, std::string(kMaxRegexText + 1, 'a')),
              HasSubstr("longer"));
  EXPECT_THAT(complaint(modifiers("re"), FactType::text, "((a{100}){100}){100}"),
              HasSubstr("bad regular expression"));
  EXPECT_THAT(complaint(kEqual, FactType::text, std::string(kMaxValueText + 1, 'a')),
              HasSubstr("longer"));
}

TEST(ValueMatch, NumbersRankBeforeTextsAndRegexesLast) {
  std::string why;
  const auto cost = [&](const Modifiers& how, FactType type, std::string_view value) {
    return ValueMatch::compile(how, type, value, why)->cost();
  };
  EXPECT_LT(cost(kEqual, FactType::integer, "401"), cost(kEqual, FactType::text, "basic"));
  EXPECT_LT(cost(kEqual, FactType::text, "basic"),
            cost(modifiers("contains"), FactType::text, "a"));
  EXPECT_LT(cost(modifiers("contains"), FactType::text, "a"),
            cost(modifiers("re"), FactType::text, "a"));
}

}  // namespace
}  // namespace exotap
