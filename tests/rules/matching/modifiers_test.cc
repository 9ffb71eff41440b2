#include "rules/matching/modifiers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string complaint(std::string_view key) {
  std::string why;
  EXPECT_FALSE(parse_field_key(key, why).has_value()) << key;
  return why;
}

TEST(Modifiers, AFieldAloneMeansEqual) {
  std::string why;
  const auto key = parse_field_key("url.domain", why);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->field, "url.domain");
  EXPECT_EQ(key->modifiers.compare, Modifiers::Compare::equal);
  EXPECT_FALSE(key->modifiers.all);
}

TEST(Modifiers, SeveralMayBeChained) {
  std::string why;
  const auto key = parse_field_key("url.query|contains|all|cased", why);
  ASSERT_TRUE(key) << why;
  EXPECT_EQ(key->modifiers.compare, Modifiers::Compare::contains);
  EXPECT_TRUE(key->modifiers.all);
  EXPECT_TRUE(key->modifiers.cased);
  const auto regex = parse_field_key("a|re|i|s", why);
  ASSERT_TRUE(regex) << why;
  EXPECT_TRUE(regex->modifiers.regex_ignore_case);
  EXPECT_TRUE(regex->modifiers.regex_dot_all);
  EXPECT_FALSE(regex->modifiers.regex_multi_line);
}

TEST(Modifiers, KeywordsHaveNoField) {
  std::string why;
  const auto key = parse_field_key("|all", why);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->field, "");
  EXPECT_TRUE(key->modifiers.all);
}

TEST(Modifiers, AnUnknownOneIsGuessed) {
  EXPECT_EQ(complaint("a|contians"), "modifier 'contians' is not known (did you mean 'contains'?)");
  EXPECT_EQ(complaint("a|startwith"),
            "modifier 'startwith' is not known (did you mean 'startswith'?)");
  EXPECT_EQ(complaint("a|soundslike"), "modifier 'soundslike' is not known");
  EXPECT_THAT(complaint("a|"), HasSubstr("not known"));
}

TEST(Modifiers, TransformsKeepTheirOrder) {
  std::string why;
  const auto key = parse_field_key("a|windash|wide|base64offset|contains", why);
  ASSERT_TRUE(key) << why;
  EXPECT_THAT(key->modifiers.chain(),
              ElementsAre(Transform::windash, Transform::utf16le, Transform::base64offset));
  EXPECT_EQ(key->modifiers.compare, Modifiers::Compare::contains);
  EXPECT_TRUE(key->modifiers.encodes());
}

TEST(Modifiers, WhatKeepsWildcardsMayFollowTheComparison) {
  std::string why;
  for (const std::string_view key : {"a|contains|windash", "a|contains|all|windash",
                                     "a|contains|wide", "a|re|expand", "a|cidr|expand"}) {
    EXPECT_TRUE(parse_field_key(key, why)) << key << ": " << why;
  }
  EXPECT_THAT(complaint("a|contains|base64"), HasSubstr("stands before the comparison"));
  EXPECT_THAT(complaint("a|contains|base64offset"), HasSubstr("base64offset|contains"));
}

TEST(Modifiers, TransformsThatMakeNoSenseAreRefused) {
  EXPECT_THAT(complaint("a|base64|windash"), HasSubstr("before an encoding"));
  EXPECT_THAT(complaint("a|wide|expand"), HasSubstr("before an encoding"));
  EXPECT_THAT(complaint("a|windash|windash"), HasSubstr("twice"));
  EXPECT_THAT(complaint("a|wide|utf16be|contains"), HasSubstr("another UTF-16"));
  EXPECT_THAT(complaint("a|base64offset|base64|contains"), HasSubstr("cannot follow base64offset"));
  EXPECT_THAT(complaint("a|base64offset"), HasSubstr("write base64offset|contains"));
  EXPECT_THAT(complaint("a|base64|base64|base64|base64|base64"), HasSubstr("4 others"));
  for (const std::string_view key :
       {"a|windash|re", "a|re|base64", "a|wide|cidr", "a|base64|exists", "a|base64|gte",
        "a|windash|fieldref", "a|hour|base64"}) {
    EXPECT_NE(complaint(key), "") << key;
  }
  EXPECT_THAT(complaint("a|expand|exists"), HasSubstr("'expand' makes no sense"));
}

TEST(Modifiers, APartOfATimeIsComparedAsANumber) {
  std::string why;
  const auto key = parse_field_key("a|hour|gte", why);
  ASSERT_TRUE(key) << why;
  EXPECT_EQ(key->modifiers.time_part, TimePart::hour);
  EXPECT_EQ(key->modifiers.compare, Modifiers::Compare::greater_equal);
  EXPECT_TRUE(parse_field_key("a|week|neq", why)) << why;
  EXPECT_THAT(complaint("a|gte|hour"), HasSubstr("stands first and alone"));
  EXPECT_THAT(complaint("a|day|month"), HasSubstr("stands first and alone"));
  EXPECT_THAT(complaint("a|hour|contains"), HasSubstr("is a number"));
  EXPECT_THAT(complaint("a|hour|all"), HasSubstr("no sense"));
  EXPECT_THAT(complaint("|hour"), HasSubstr("of a field"));
}

TEST(Modifiers, ContradictionsAreRefused) {
  EXPECT_THAT(complaint("a|contains|startswith"), HasSubstr("cannot follow"));
  EXPECT_THAT(complaint("a|contains|i"), HasSubstr("belong to 're'"));
  EXPECT_THAT(complaint("a|re|i|cased"), HasSubstr("contradict"));
  EXPECT_THAT(complaint("a|lt|all"), HasSubstr("no sense"));
  EXPECT_THAT(complaint("a|cidr|cased"), HasSubstr("no sense"));
}

}  // namespace
}  // namespace exotap
