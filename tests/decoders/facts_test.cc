#include "decoders/facts.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>

namespace exotap {
namespace {

constexpr FactSpec kText{"test.text", FactType::text, "a text"};
constexpr FactSpec kOther{"test.other", FactType::text, "another text"};
constexpr FactSpec kNumber{"test.number", FactType::integer, "a number"};
constexpr FactSpec kYes{"test.yes", FactType::boolean, "a boolean"};

TEST(Facts, WhatWasNeverStatedIsAbsent) {
  const Facts facts;
  EXPECT_TRUE(facts.empty());
  EXPECT_FALSE(facts.has(kText));
  EXPECT_EQ(facts.text(kText), "");
  EXPECT_EQ(facts.number(kNumber), std::nullopt);
  EXPECT_FALSE(facts.is_true(kYes));
}

TEST(Facts, AreKeptInOrderWithEveryValue) {
  Facts facts;
  facts.add(kText, "basic");
  facts.add(kNumber, 401);
  facts.add(kText, "ntlm");
  ASSERT_EQ(facts.size(), 3U);
  EXPECT_EQ(facts[0].text, "basic");
  EXPECT_EQ(facts[1].spec, &kNumber);
  EXPECT_EQ(facts[2].text, "ntlm");
  EXPECT_EQ(facts.text(kText), "basic");
}

TEST(Facts, NumbersAndBooleansHaveATextToo) {
  Facts facts;
  facts.add(kNumber, std::numeric_limits<std::int64_t>::min());
  facts.add(kYes, true);
  facts.add(kYes, false);
  EXPECT_EQ(facts[0].text, "-9223372036854775808");
  EXPECT_EQ(facts[0].number, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(facts[1].text, "true");
  EXPECT_EQ(facts[1].number, 1);
  EXPECT_EQ(facts[2].text, "false");
  EXPECT_TRUE(facts.is_true(kYes));
}

TEST(Facts, EmptyTextIsAFactUnlessAskedNotTo) {
  Facts facts;
  facts.add(kText, "");
  facts.add_if(kOther, "");
  EXPECT_TRUE(facts.has(kText));
  EXPECT_FALSE(facts.has(kOther));
}

TEST(Facts, TextsOfEveryLengthAreKeptWhole) {
  Facts facts;
  std::string all;
  for (std::size_t size = 0; size < 100; ++size) {
    all.push_back(static_cast<char>('a' + size % 26));
    facts.add(kText, std::string_view(all).substr(0, size));
  }
  for (std::size_t size = 0; size < 100; ++size) {
    EXPECT_EQ(facts[size].text, std::string_view(all).substr(0, size));
  }
}

TEST(Facts, AFactMayBeMadeOfAnother) {
  Facts facts;
  facts.add(kText, std::string(1500, 'x'));
  for (int i = 0; i < 4; ++i) facts.add(kOther, facts.text(kText));  // the buffer grows meanwhile
  EXPECT_EQ(facts[4].text, std::string(1500, 'x'));
}

TEST(Facts, LongTextIsCutBetweenCharacters) {
  Facts facts;
  std::string text(Facts::kMaxFactText - 1, 'x');
  text += "\xE2\x82\xAC and more";
  facts.add(kText, text);
  EXPECT_EQ(facts.text(kText), std::string(Facts::kMaxFactText - 1, 'x'));
}

TEST(Facts, LongTextThatIsNotUtf8IsCutAtTheLimit) {
  Facts facts;
  facts.add(kText, std::string(Facts::kMaxFactText + 10, '\x80'));
  EXPECT_EQ(facts.text(kText).size(), Facts::kMaxFactText);
}

TEST(Facts, TooManyAreDroppedAndSaidSo) {
  Facts facts;
  for (std::size_t i = 0; i < Facts::kMaxFacts; ++i) facts.add(kNumber, static_cast<int>(i));
  EXPECT_FALSE(facts.overflowed());
  facts.add(kText, "one too many");
  EXPECT_TRUE(facts.overflowed());
  EXPECT_EQ(facts.size(), Facts::kMaxFacts);
  EXPECT_FALSE(facts.has(kText));
}

TEST(Facts, ClearedAreAsNew) {
  Facts facts;
  for (std::size_t i = 0; i <= Facts::kMaxFacts; ++i) facts.add(kText, "text");
  facts.clear();
  EXPECT_TRUE(facts.empty());
  EXPECT_FALSE(facts.overflowed());
  facts.add(kOther, "again");
  EXPECT_EQ(facts.text(kOther), "again");
  EXPECT_FALSE(facts.has(kText));
}

TEST(Facts, MovedAndCopiedKeepTheirTexts) {
  Facts facts;
  facts.add(kText, "kept");
  const Facts copy = facts;
  const Facts moved = std::move(facts);
  EXPECT_EQ(copy.text(kText), "kept");
  EXPECT_EQ(moved.text(kText), "kept");
}

TEST(Facts, AMovedFromBufferCanBeFilledAgain) {
  Facts facts;
  facts.add(kText, "first");
  const Facts moved = std::move(facts);
  facts.clear();
  facts.add(kText, "second");
  EXPECT_EQ(facts.text(kText), "second");
  EXPECT_EQ(moved.text(kText), "first");
}

}  // namespace
}  // namespace exotap
