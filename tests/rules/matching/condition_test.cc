#include "rules/matching/condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>

namespace exotap {
namespace {

using testing::HasSubstr;

constexpr std::array<std::string_view, 5> kNames{"sel_a", "sel_b", "filter_x", "filter_y", "_off"};

// Whether the condition is true where just the named selections are.
bool holds(std::string_view text, const std::set<std::string_view>& true_ones) {
  const auto parsed = parse_condition(text, kNames);
  if (const auto* error = std::get_if<ConditionError>(&parsed)) {
    ADD_FAILURE() << text << " column " << error->column << ": " << error->what;
    return false;
  }
  return std::get<Condition>(parsed).evaluate(
      [&](std::size_t i) { return true_ones.contains(kNames[i]); });
}

ConditionError complaint(std::string_view text) {
  const auto parsed = parse_condition(text, kNames);
  const auto* error = std::get_if<ConditionError>(&parsed);
  EXPECT_NE(error, nullptr) << text;
  return error == nullptr ? ConditionError() : *error;
}

TEST(Condition, ASelectionAlone) {
  EXPECT_TRUE(holds("sel_a", {"sel_a"}));
  EXPECT_FALSE(holds("sel_a", {"sel_b"}));
}

TEST(Condition, NotBindsCloserThanAndThanOr) {
  EXPECT_TRUE(holds("sel_a or sel_b and filter_x", {"sel_a"}));
  EXPECT_FALSE(holds("(sel_a or sel_b) and filter_x", {"sel_a"}));
  EXPECT_TRUE(holds("not sel_a and sel_b", {"sel_b"}));
  EXPECT_FALSE(holds("not (sel_a or sel_b)", {"sel_b"}));
  EXPECT_TRUE(holds("not not sel_a", {"sel_a"}));
  EXPECT_TRUE(holds("sel_a and not filter_x or filter_y", {"sel_a"}));
}

TEST(Condition, KeywordsInAnyCaseAndBracketsWithoutBlanks) {
  EXPECT_TRUE(holds("(sel_a)AND(NOT(sel_b))", {"sel_a"}));
  EXPECT_TRUE(holds("  sel_a\n  Or sel_b ", {"sel_b"}));
}

TEST(Condition, OneAndAllOfAPattern) {
  EXPECT_TRUE(holds("1 of sel_*", {"sel_b"}));
  EXPECT_FALSE(holds("1 of sel_*", {"filter_x"}));
  EXPECT_FALSE(holds("all of sel_*", {"sel_b"}));
  EXPECT_TRUE(holds("all of sel_*", {"sel_a", "sel_b"}));
  EXPECT_TRUE(holds("any of *_x", {"filter_x"}));
  EXPECT_TRUE(holds("1 of sel_a", {"sel_a"}));
  EXPECT_TRUE(holds("1 of sel_* and not 1 of filter_*", {"sel_a"}));
  EXPECT_FALSE(holds("1 of sel_* and not 1 of filter_*", {"sel_a", "filter_y"}));
}

TEST(Condition, ThemLeavesOutNamesWithAnUnderscore) {
  EXPECT_FALSE(holds("1 of them", {"_off"}));
  EXPECT_TRUE(holds("1 of them", {"filter_y"}));
  EXPECT_TRUE(holds("all of them", {"sel_a", "sel_b", "filter_x", "filter_y"}));
  EXPECT_TRUE(holds("_off", {"_off"}));
}

TEST(Condition, SaysAtWhichColumnItIsWrong) {
  EXPECT_EQ(complaint("sel_a and sel_c").column, 11U);
  EXPECT_EQ(complaint("sel_a and sel_c").what,
            "there is no selection 'sel_c' (did you mean 'sel_a'?)");
  EXPECT_EQ(complaint("sel_a and").column, 10U);
  EXPECT_THAT(complaint("sel_a and").what, HasSubstr("name is missing"));
  EXPECT_EQ(complaint("sel_a sel_b").column, 7U);
  EXPECT_THAT(complaint("sel_a sel_b").what, HasSubstr("'and' or 'or' is missing"));
  EXPECT_EQ(complaint("sel_a and (sel_b").column, 11U);
  EXPECT_THAT(complaint("sel_a and (sel_b").what, HasSubstr("'(' without its ')'"));
  EXPECT_EQ(complaint("sel_a)").column, 6U);
  EXPECT_THAT(complaint("").what, HasSubstr("name is missing"));
  EXPECT_THAT(complaint("()").what, HasSubstr("name is missing"));
  EXPECT_THAT(complaint("and sel_a").what, HasSubstr("name is missing"));
}

TEST(Condition, SaysWhatIsWrongWithOf) {
  EXPECT_THAT(complaint("2 of sel_*").what, HasSubstr("'1 of', 'any of' or 'all of'"));
  EXPECT_EQ(complaint("1 of other_*").column, 6U);
  EXPECT_THAT(complaint("1 of other_*").what, HasSubstr("no selection is called"));
  EXPECT_THAT(complaint("1 of").what, HasSubstr("missing after 'of'"));
}

TEST(Condition, SaysThatAggregationsAreGone) {
  EXPECT_THAT(complaint("sel_a | count() > 5").what, HasSubstr("write a correlation"));
  EXPECT_EQ(complaint("sel_a | count() > 5").column, 7U);
}

TEST(Condition, IsBoundedInLengthAndDepth) {
  EXPECT_THAT(complaint(std::string(kMaxConditionText + 1, ' ')).what, HasSubstr("longer"));
  EXPECT_THAT(complaint(std::string(500, '(') + "sel_a" + std::string(500, ')')).what,
              HasSubstr("deeper"));
  std::string nots;
  for (int i = 0; i < 400; ++i) nots += "not ";
  EXPECT_THAT(complaint(nots + "sel_a").what, HasSubstr("deeper"));
}

TEST(Condition, KnowsWhatItUses) {
  const auto parsed = parse_condition("sel_a and not 1 of filter_*", kNames);
  std::vector<bool> used(kNames.size());
  mark_used(std::get<Condition>(parsed), used);
  EXPECT_EQ(used, (std::vector<bool>{true, false, true, true, false}));
}

TEST(Condition, AsksForNoMoreThanItNeeds) {
  const auto parsed = parse_condition("sel_a and sel_b", kNames);
  int asked = 0;
  (void)std::get<Condition>(parsed).evaluate([&](std::size_t) {
    ++asked;
    return false;
  });
  EXPECT_EQ(asked, 1);
}

}  // namespace
}  // namespace exotap
