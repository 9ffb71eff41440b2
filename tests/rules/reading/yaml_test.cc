#include "rules/reading/yaml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exotap {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Yaml, KnowsLineAndColumnOfKeysAndValues) {
  const YamlText read = read_yaml("a: b\nc:\n  - d: é e\n    f: [g]\n");
  ASSERT_EQ(read.documents.size(), 1U);
  const YamlNode& map = read.documents[0];
  EXPECT_EQ(map.entries[0].value.column, 4);
  EXPECT_EQ(map.entries[1].place().line, 2);
  EXPECT_EQ(map.entries[1].place().column, 1);
  const YamlNode& item = map.find("c")->items[0];
  EXPECT_EQ(item.entries[1].line, 4);
  EXPECT_EQ(item.entries[1].column, 5);
  EXPECT_EQ(item.find("f")->items[0].column, 9);
}

TEST(Yaml, ReadsMapsListsAndScalarsWithTheirLines) {
  const YamlText read = read_yaml("title: A rule\nlist:\n  - 1\n  - two\nempty:\n");
  ASSERT_THAT(read.error.what, IsEmpty());
  ASSERT_THAT(read.documents, SizeIs(1));
  const YamlNode& root = read.documents[0];
  ASSERT_TRUE(root.is_map());
  EXPECT_EQ(root.find("title")->text, "A rule");
  const YamlNode& list = *root.find("list");
  ASSERT_TRUE(list.is_sequence());
  EXPECT_EQ(list.items.at(1).text, "two");
  EXPECT_EQ(list.items.at(1).line, 4);
  EXPECT_TRUE(root.find("empty")->is_null());
  EXPECT_EQ(root.find("absent"), nullptr);
  EXPECT_EQ(root.entries.at(1).line, 2);
}

TEST(Yaml, TellsAQuotedScalarFromAPlainOne) {
  const YamlText read = read_yaml("a: null\nb: 'null'\nc: \"\"\nd: ~\n");
  ASSERT_THAT(read.documents, SizeIs(1));
  EXPECT_TRUE(read.documents[0].find("a")->is_null());
  EXPECT_TRUE(read.documents[0].find("b")->is_scalar());
  EXPECT_TRUE(read.documents[0].find("b")->quoted);
  EXPECT_TRUE(read.documents[0].find("c")->is_scalar());
  EXPECT_TRUE(read.documents[0].find("d")->is_null());
}

TEST(Yaml, ReadsSeveralDocumentsAndLeavesOutEmptyOnes) {
  const YamlText read = read_yaml("---\na: 1\n---\n---\nb: 2\n");
  EXPECT_THAT(read.error.what, IsEmpty());
  ASSERT_THAT(read.documents, SizeIs(2));
  EXPECT_EQ(read.documents[1].find("b")->line, 5);
}

TEST(Yaml, SaysWhereItIsNoYaml) {
  const YamlText read = read_yaml("a: 1\nb: [1, 2\nc: 3\n");
  EXPECT_THAT(read.error.what, HasSubstr("not YAML"));
  EXPECT_GE(read.error.place.line, 2);
}

TEST(Yaml, RefusesAKeyGivenTwice) {
  const YamlText read = read_yaml("a: 1\nb: 2\na: 3\n");
  EXPECT_EQ(read.error.place.line, 3);
  EXPECT_THAT(read.error.what, HasSubstr("'a' is given twice"));
}

TEST(Yaml, RefusesAnchorsAndAliases) {
  EXPECT_THAT(read_yaml("a: &x 1\nb: *x\n").error.what, HasSubstr("anchors"));
  EXPECT_THAT(read_yaml("a: &x [1, 2]\n").error.what, HasSubstr("anchors"));
}

TEST(Yaml, RefusesKeysThatAreNoScalars) {
  EXPECT_THAT(read_yaml("? [a, b]\n: 1\n").error.what, HasSubstr("plain word"));
}

TEST(Yaml, RefusesTooDeepNesting) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + "1" +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_THAT(read_yaml(nested(kMaxYamlDepth)).error.what, IsEmpty());
  EXPECT_THAT(read_yaml(nested(kMaxYamlDepth + 1)).error.what, HasSubstr("deeper"));
  EXPECT_THAT(read_yaml(nested(5000)).error.what, HasSubstr("deeper"));
}

TEST(Yaml, RefusesTooManyValuesAndTooMuchText) {
  std::string many = "[";
  for (std::size_t i = 0; i <= kMaxYamlNodes; ++i) many += "1,";
  EXPECT_THAT(read_yaml(many + "]").error.what, HasSubstr("values"));
  EXPECT_THAT(read_yaml(std::string(kMaxYamlBytes + 1, ' ')).error.what, HasSubstr("larger"));
  std::string documents;
  for (std::size_t i = 0; i <= kMaxYamlDocuments; ++i) documents += "---\na: 1\n";
  EXPECT_THAT(read_yaml(documents).error.what, HasSubstr("documents"));
}

TEST(Yaml, RefusesControlCharacters) {
  const YamlText read = read_yaml("a: 1\nb: 2\x04 and the rest\n");
  EXPECT_EQ(read.error.place.line, 2);
  EXPECT_THAT(read.error.what, HasSubstr("control character"));
}

TEST(Yaml, AnEmptyTextHasNoDocuments) {
  EXPECT_THAT(read_yaml("").documents, IsEmpty());
  EXPECT_THAT(read_yaml("# only a remark\n").documents, IsEmpty());
}

}  // namespace
}  // namespace exotap
