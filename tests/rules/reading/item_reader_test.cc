#include "rules/reading/item_reader.h"

#include <optional>
#include <string>

#include "tests/rules/vocabulary_for_test.h"

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Reads the first entry of a map, as an item of one of our rules or of a rule of others.
class Item : public testing::Test {
 protected:
  Selection read(std::string_view text, LogSource source = LogSource::exotap) {
    yaml_ = read_yaml(text);
    const FieldScope scope{vocabulary_, slots_, source, nullptr};
    const FileReport file(report_, "rule.yml");
    ItemReader reader(scope, file);
    Selection selection = reader.item(yaml_.documents.at(0).entries.at(0));
    failed_ = reader.failed();
    return selection;
  }
  std::string error() {
    return report_.errors().empty() ? std::string() : to_string(report_.errors().back());
  }

  Vocabulary vocabulary_ = test_vocabulary();
  SlotTable slots_;
  LoadReport report_;
  YamlText yaml_;
  bool failed_ = false;
};

TEST_F(Item, IsATestOfOneFact) {
  const Selection selection = read("error.code: [A, B]\n");
  EXPECT_FALSE(failed_);
  EXPECT_EQ(selection.op, Selection::Op::test);
  EXPECT_EQ(selection.test.kind, FactTest::Kind::any_value);
  EXPECT_EQ(selection.test.values.size(), 2U);
  EXPECT_EQ(slots_.spec(selection.test.slots.at(0)).name, "error.code");
}

TEST_F(Item, WithNullAmongItsValuesIsATestOfAbsenceBesideThem) {
  const Selection selection = read("error.code: [A, null]\n");
  EXPECT_EQ(selection.op, Selection::Op::any);
  ASSERT_EQ(selection.parts.size(), 2U);
  EXPECT_EQ(selection.parts[0].test.kind, FactTest::Kind::absent);
  EXPECT_EQ(selection.parts[1].test.values.size(), 1U);
}

TEST_F(Item, ThatIsWrongIsReportedWithItsPlace) {
  (void)read("error.code|contains|all: one\n");
  EXPECT_TRUE(failed_);
  EXPECT_THAT(error(), HasSubstr("rule.yml:1:1: 'error.code|contains|all': modifier 'all'"));
}

TEST_F(Item, OfOthersMayAskForWhatNobodyHas) {
  const Selection selection = read("c-no-such-field: x\n", LogSource::proxy);
  EXPECT_FALSE(failed_);
  EXPECT_TRUE(selection.test.slots.empty());
  (void)read("c-uri|re: '(?=a)b'\n", LogSource::proxy);
  EXPECT_TRUE(failed_);
  EXPECT_TRUE(report_.errors().back().unsupported);
  (void)read("url.path|re: '(?=a)b'\n");
  EXPECT_FALSE(report_.errors().back().unsupported);
}

TEST(Listed, TakesASingleValueForAListOfOne) {
  const YamlText yaml = read_yaml("a: x\nb: [y, z]\n");
  const auto texts = [&](std::size_t entry) {
    std::vector<std::string> out;
    for (const YamlNode* node : listed(yaml.documents.at(0).entries.at(entry).value)) {
      out.push_back(node->text);
    }
    return out;
  };
  EXPECT_THAT(texts(0), ElementsAre("x"));
  EXPECT_THAT(texts(1), ElementsAre("y", "z"));
}

}  // namespace
}  // namespace exotap
