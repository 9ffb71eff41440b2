#include "rules/modifiers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exotap {
namespace {

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

TEST(Modifiers, SomeOfSigmaAreNotSupported) {
  EXPECT_EQ(complaint("a|base64"), "modifier 'base64' of Sigma is not supported by exotap");
  EXPECT_THAT(complaint("a|windash|contains"), HasSubstr("not supported"));
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
