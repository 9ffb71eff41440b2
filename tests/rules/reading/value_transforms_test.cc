#include "rules/reading/value_transforms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "decoders/base64.h"
#include "rules/matching/value_match.h"

namespace exotap {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::UnorderedElementsAre;

const ValueLists kLists{{"servers", {"mail", "owa*"}}, {"user", {"a.b"}}};

Modifiers modifiers(std::string_view names) {
  std::string why;
  const auto parsed = parse_field_key("field|" + std::string(names), why);
  EXPECT_TRUE(parsed.has_value()) << why;
  return parsed ? parsed->modifiers : Modifiers();
}

std::vector<std::string> forms(std::string_view names, std::string_view value) {
  std::string why;
  const auto made = forms_of(modifiers(names), value, kLists, why);
  EXPECT_TRUE(made.has_value()) << why;
  return made.value_or(std::vector<std::string>());
}

std::string complaint(std::string_view names, std::string_view value) {
  std::string why;
  EXPECT_FALSE(forms_of(modifiers(names), value, kLists, why).has_value()) << value;
  return why;
}

bool found(std::string_view names, std::string_view value, std::string_view text) {
  const auto made = forms(names, value);
  return std::ranges::any_of(made, [&](const std::string& form) {
    std::string why;
    const auto match = ValueMatch::compile(modifiers(names), FactType::text, form, why);
    EXPECT_TRUE(match) << why;
    return match && match->matches({nullptr, text, 0});
  });
}

std::string base64(std::string_view text) { return forms("base64", text).at(0); }

TEST(ValueTransforms, NothingAskedChangesNothing) {
  EXPECT_THAT(forms("contains", "a*\\?b\xFF"), ElementsAre("a*\\?b\xFF"));
}

TEST(ValueTransforms, Utf16AsTheSpecificationShowsIt) {
  EXPECT_THAT(forms("utf16le", "cmd"), ElementsAre("c\0m\0d\0"s));
  EXPECT_THAT(forms("wide", "cmd"), ElementsAre("c\0m\0d\0"s));
  EXPECT_THAT(forms("utf16be", "cmd"), ElementsAre("\0c\0m\0d"s));
  EXPECT_THAT(forms("utf16", "cmd"), ElementsAre("\xFF\xFE"s + "c\0m\0d\0"s));
}

TEST(ValueTransforms, Utf16TakesAllOfUnicode) {
  EXPECT_THAT(forms("utf16be", "\u00E9\U0001F600"), ElementsAre("\0\xE9\xD8\x3D\xDE\x00"s));
  // Bytes that would be wildcards or a backslash stand for themselves.
  EXPECT_THAT(forms("utf16be", "\u2A3F\u5C00"), ElementsAre("\\*\\?\\\\\0"s));
  EXPECT_TRUE(found("utf16be|contains", "\u2A3F", "x*?y"));
  EXPECT_FALSE(found("utf16be|contains", "\u2A3F", "xab"));
  EXPECT_THAT(forms("wide", "a*\\*"), ElementsAre("a\0*\\*\0"s));
  EXPECT_THAT(complaint("wide", "a?c"), HasSubstr("wildcard ?"));
  for (const std::string_view bad : {"\xFF", "\xC3", "\xED\xA0\x80", "\xC0\x80", "\xF4\x90\x80\x80",
                                     "\xE0\x80\x80", "\xC3*", "\x80"}) {
    EXPECT_THAT(complaint("wide", bad), HasSubstr("not UTF-8"));
  }
}

TEST(ValueTransforms, Base64HasThePaddingOfRfc4648) {
  const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) EXPECT_EQ(base64(plain), encoded);
  EXPECT_EQ(base64("\\*\\?\\\\"), "Kj9c");
  EXPECT_THAT(complaint("base64", "a*"), HasSubstr("wildcards cannot be encoded"));
  EXPECT_THAT(complaint("base64offset|contains", "ab?"), HasSubstr("wildcards"));
}

TEST(ValueTransforms, Base64OffsetHasTheThreeForms) {
  EXPECT_THAT(forms("base64offset|contains", "http://"),
              ElementsAre("aHR0cDovL", "h0dHA6Ly", "odHRwOi8v"));
  EXPECT_THAT(complaint("base64offset|contains", "a"), HasSubstr("at least 2 bytes"));
  EXPECT_THAT(complaint("base64offset|contains", ""), HasSubstr("at least 2 bytes"));
}

// Whatever surrounds the text, one of the forms is in the encoded whole, and every form decodes
// to nothing but the text: it holds no bits of a neighbour's.
TEST(ValueTransforms, Base64OffsetFindsATextWhereverItStands) {
  std::mt19937 random(20250802);
  const auto bytes = [&](std::size_t size) {
    std::string text;
    while (text.size() < size) text += static_cast<char>(random() & 0xFFU);
    return text;
  };
  const auto escaped = [](const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '*' || c == '?' || c == '\\' ? "\\"s + c : ""s + c;
    return out;
  };
  for (int round = 0; round < 2000; ++round) {
    const std::string needle = bytes(2 + random() % 20);
    const std::string whole = bytes(random() % 10) + needle + bytes(random() % 10);
    EXPECT_TRUE(found("base64offset|contains|cased", escaped(needle), base64(escaped(whole))));
  }
}

TEST(ValueTransforms, Base64OffsetFindsNothingElse) {
  EXPECT_FALSE(found("base64offset|contains|cased", "password", base64("my passwort is long")));
  EXPECT_FALSE(found("base64offset|contains|cased", "password", "password"));
}

TEST(ValueTransforms, TheyChain) {
  EXPECT_THAT(forms("wide|base64", "ping"), ElementsAre("cABpAG4AZwA="));
  EXPECT_TRUE(
      found("wide|base64offset|contains", "IEX (", base64("$\0x\0;\0I\0E\0X\0 \0(\0n\0e\0w\0"s)));
  EXPECT_FALSE(found("wide|base64offset|contains", "IEX (", base64("$x;IEX (new")));
  EXPECT_TRUE(found("utf16be|base64offset|contains", "ab", base64("\0\0a\0b"s)));
  EXPECT_THAT(forms("windash|base64", "-e"), SizeIs(5));
  EXPECT_THAT(forms("windash|wide|base64offset|contains", "-e"), SizeIs(15));
  EXPECT_THAT(forms("base64|base64", "f"), ElementsAre(base64("Zg==")));
}

TEST(ValueTransforms, WindashExchangesWhatIntroducesAnOption) {
  EXPECT_THAT(forms("windash", "x -f"),
              UnorderedElementsAre("x -f", "x /f", "x \u2013f", "x \u2014f", "x \u2015f"));
  EXPECT_THAT(forms("windash", "/f"),
              UnorderedElementsAre("-f", "/f", "\u2013f", "\u2014f", "\u2015f"));
  EXPECT_EQ(forms("windash", "\u2014f"), forms("windash", "-f"));
  EXPECT_THAT(forms("windash", " -a /b"), SizeIs(25));
}

TEST(ValueTransforms, WindashLeavesOtherDashes) {
  for (const std::string_view value : {"no-proxy", "a - b", "a/", "x\u2013y", "-", ""}) {
    EXPECT_THAT(forms("windash", value), ElementsAre(value));
  }
  EXPECT_THAT(forms("windash", "-no-proxy"), SizeIs(5));
  EXPECT_THAT(forms("windash", "*-f*"), SizeIs(5));
  EXPECT_THAT(forms("windash", "-f\\*"), testing::Contains("/f\\*"));
  EXPECT_THAT(complaint("windash", " -a -b -c -d -e -f"), HasSubstr("too many dashes"));
}

TEST(ValueTransforms, ExpandPutsEachValueInItsPlace) {
  EXPECT_THAT(forms("expand", "x%servers%y"), ElementsAre("xmaily", "xowa*y"));
  EXPECT_THAT(forms("expand", "%servers%.%servers%"), SizeIs(4));
  EXPECT_THAT(forms("expand", "100% \\%servers% %%"), ElementsAre("100% %servers% %%"));
  EXPECT_THAT(forms("expand|base64", "%user%"), ElementsAre(base64("a.b")));
  EXPECT_THAT(forms("re|expand", "^%user%\\d$"), ElementsAre("^a\\.b\\d$"));
  EXPECT_THAT(complaint("expand", "%server%"),
              HasSubstr("%server% has no values (did you mean 'servers'?)"));
  EXPECT_THAT(complaint("expand",
                        "%servers%%servers%%servers%%servers%%servers%%servers%"
                        "%servers%%servers%%servers%%servers%%servers%%servers%"),
              HasSubstr("more than 4000 forms"));
}

TEST(ValueTransforms, AFormHasABoundedLength) {
  EXPECT_THAT(complaint("base64|base64|base64|base64", std::string(3000, 'a')),
              HasSubstr("longer than 8000"));
}

}  // namespace
}  // namespace exotap
