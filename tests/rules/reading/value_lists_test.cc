#include "rules/reading/value_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exotap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ValueListsTest : public testing::Test {
 protected:
  std::vector<std::string> read(std::string_view text) {
    LoadReport report;
    const YamlText yaml = read_yaml(text);
    EXPECT_TRUE(holds_value_lists(yaml.documents.at(0)));
    read_value_lists(yaml.documents.at(0), FileReport(report, "v.yml"), lists_);
    std::vector<std::string> errors;
    for (const LoadMessage& message : report.errors()) errors.push_back(to_string(message));
    return errors;
  }
  ValueLists lists_;
};

TEST_F(ValueListsTest, ReadsValuesAndListsOfThem) {
  EXPECT_THAT(read("placeholders:\n  servers: [mail, owa*]\n  admin: root\n"), IsEmpty());
  EXPECT_THAT(lists_["servers"], ElementsAre("mail", "owa*"));
  EXPECT_THAT(lists_["admin"], ElementsAre("root"));
}

TEST_F(ValueListsTest, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(read("placeholders: mail"),
              ElementsAre(HasSubstr("v.yml:1:15: placeholders is a map")));
  EXPECT_THAT(
      read("placeholders:\n  a: []\n  b: {c: d}\n  c: [[d]]\n"),
      ElementsAre(HasSubstr("v.yml:2:3: placeholder 'a'"), HasSubstr(":3:"), HasSubstr(":4:")));
  EXPECT_THAT(read("placeholders: {\"%x%\": 1}"), ElementsAre(HasSubstr("without percent signs")));
  EXPECT_THAT(read("placeholders: {x: 1}\nlevel: high\n"), ElementsAre(HasSubstr("'level'")));
  EXPECT_THAT(read("placeholders: {y: " + std::string(kMaxListedText + 1, 'v') + "}"),
              ElementsAre(HasSubstr("longer than 2000")));
  EXPECT_THAT(read("placeholders: {x: 2}"), ElementsAre(HasSubstr("elsewhere already")));
}

TEST_F(ValueListsTest, ARuleIsNoSuchDocument) {
  const YamlText yaml = read_yaml("placeholders: {x: 1}\ndetection: {}\n---\ntitle: a\n--- [a]\n");
  for (const YamlNode& document : yaml.documents) EXPECT_FALSE(holds_value_lists(document));
}

}  // namespace
}  // namespace exotap
