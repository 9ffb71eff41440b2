#include "decoders/json.h"

#include <gtest/gtest.h>

#include <string>

namespace exotap {
namespace {

TEST(JsonValue, IsFoundByNameWithoutCase) {
  const JsonDocument document(R"({"account_type":"Managed","Credentials":{"PrefCredential":1}})");
  ASSERT_TRUE(document.ok()) << document.error();
  EXPECT_EQ(document.root()["Account_Type"].text(), "Managed");
  EXPECT_EQ(document.root()["credentials"]["prefCredential"].integer(), 1);
  EXPECT_EQ(document.root()["Credentials"].key(), "Credentials");
  EXPECT_FALSE(document.root()["absent"]["more"]);
}

TEST(JsonValue, AnswersEveryQuestionToNothingWithNothing) {
  const JsonValue nothing;
  EXPECT_FALSE(nothing);
  EXPECT_EQ(nothing.type(), JsonType::absent);
  EXPECT_EQ(nothing.text(), "");
  EXPECT_EQ(nothing.key(), "");
  EXPECT_EQ(nothing.size(), 0U);
  EXPECT_FALSE(nothing["a"]);
  EXPECT_FALSE(nothing.at(0));
  EXPECT_FALSE(nothing.integer());
  EXPECT_FALSE(nothing.boolean());
}

TEST(JsonValue, KnowsItsTypes) {
  const JsonDocument document(R"([null,true,-3.5,"x",[],{}])");
  const JsonValue root = document.root();
  ASSERT_EQ(root.size(), 6U);
  EXPECT_EQ(root.at(0).type(), JsonType::null);
  EXPECT_EQ(root.at(1).type(), JsonType::boolean);
  EXPECT_EQ(root.at(2).type(), JsonType::number);
  EXPECT_EQ(root.at(3).type(), JsonType::text);
  EXPECT_EQ(root.at(4).type(), JsonType::array);
  EXPECT_EQ(root.at(5).type(), JsonType::object);
  EXPECT_FALSE(root.at(6));
  EXPECT_EQ(root.at(2).text(), "-3.5");
  EXPECT_FALSE(root.at(2).integer());
}

TEST(JsonValue, ReadsNumbersAndTruthsAlsoFromTexts) {
  const JsonDocument document(R"({"a":50126,"b":"50126","c":"x","d":true,"e":"False","f":1})");
  const JsonValue root = document.root();
  EXPECT_EQ(root["a"].integer(), 50126);
  EXPECT_EQ(root["b"].integer(), 50126);
  EXPECT_FALSE(root["c"].integer());
  EXPECT_EQ(root["d"].boolean(), true);
  EXPECT_EQ(root["e"].boolean(), false);
  EXPECT_FALSE(root["f"].boolean());
}

TEST(JsonValue, UnescapesTexts) {
  const JsonDocument document(R"({"a\u0062":"\"\/\n\u20ac\ud83d\ude00"})");
  EXPECT_EQ(document.root()["ab"].text(), "\"/\n\xE2\x82\xAC\xF0\x9F\x98\x80");
}

TEST(JsonDocument, KeepsWhatCameBeforeABrokenOffEnd) {
  const JsonDocument document(R"({"a":{"b":1},"c":"cut o)");
  EXPECT_FALSE(document.ok());
  EXPECT_EQ(document.error(), "the text ends too early at byte 23");
  EXPECT_EQ(document.root()["a"]["b"].integer(), 1);
  EXPECT_FALSE(document.root()["c"]);
}

TEST(JsonDocument, NeverTellsAHalfNumber) {
  EXPECT_FALSE(JsonDocument(R"({"code":60)").root()["code"].integer());
  EXPECT_EQ(JsonDocument(R"({"code":60)").root()["code"].text(), "");
  EXPECT_EQ(JsonDocument(R"({"code":60 )").root()["code"].integer(), 60);
  EXPECT_EQ(JsonDocument(R"({"code":60,)").root()["code"].integer(), 60);
}

TEST(JsonDocument, SaysWhereItWentWrong) {
  const JsonDocument document(R"({"a":1,"b":oops})");
  EXPECT_EQ(document.error(), "syntax error at byte 11");
  EXPECT_EQ(document.root()["a"].integer(), 1);
  EXPECT_EQ(JsonDocument("{} x").error(), "more text than one value at byte 3");
  EXPECT_TRUE(JsonDocument("{} \r\n").ok());
}

TEST(JsonDocument, OfNoJsonHasNoRoot) {
  for (const auto text : {"", "  ", "<html>", "hello"}) {
    const JsonDocument document(text);
    EXPECT_FALSE(document.ok()) << text;
    EXPECT_FALSE(document.root()) << text;
  }
}

TEST(JsonDocument, TakesTextsThatAreNoUtf8) {
  const JsonDocument document("{\"a\":\"\xFF\",\"b\":2}");
  EXPECT_TRUE(document.ok()) << document.error();
  EXPECT_EQ(document.root()["b"].integer(), 2);
}

TEST(JsonDocument, StopsAtItsBounds) {
  std::string many = "[0";
  for (std::size_t i = 0; i < kMaxJsonValues + 10; ++i) many += ",1";
  const JsonDocument values(many + "]");
  EXPECT_FALSE(values.ok());
  EXPECT_NE(values.error().find("more than is read"), std::string::npos) << values.error();
  EXPECT_LE(values.root().size(), kMaxJsonValues);
  EXPECT_EQ(values.root().at(0).integer(), 0);

  const JsonDocument deep(std::string(kMaxJsonDepth + 1, '[') +
                          std::string(kMaxJsonDepth + 1, ']'));
  EXPECT_NE(deep.error().find("nested deeper"), std::string::npos) << deep.error();
  EXPECT_TRUE(JsonDocument(std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']')).ok());

  const JsonDocument large("{\"a\":1,\"b\":\"" + std::string(kMaxJsonBytes, 'x') + "\"}");
  EXPECT_NE(large.error().find("more than is read"), std::string::npos) << large.error();
  EXPECT_EQ(large.root()["a"].integer(), 1);
}

TEST(JsonDocument, EveryPrefixIsReadWithoutHarm) {
  const std::string whole = R"({"a":[1,{"b":"\u00e4"},true,null,-1.5e3],"c":{}})";
  ASSERT_TRUE(JsonDocument(whole).ok());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(JsonDocument(whole.substr(0, size)).ok()) << size;
  }
}

}  // namespace
}  // namespace exotap
