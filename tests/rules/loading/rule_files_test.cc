#include "rules/loading/rule_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "rules/reading/yaml.h"

namespace exotap {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RuleFiles : public testing::Test {
 protected:
  RuleFiles()
      : folder_(fs::path(testing::TempDir()) /
                (std::string("rule-files-") +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "below");
  }
  ~RuleFiles() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::vector<std::string> errors() const {
    std::vector<std::string> texts;
    for (const LoadMessage& message : report_.errors()) texts.push_back(to_string(message));
    return texts;
  }

  fs::path folder_;
  LoadReport report_;
};

TEST_F(RuleFiles, AreFoundBelowAFolderInTheirOrder) {
  write("b.yml", "b");
  write("below/c.yaml", "c");
  write("a.yml", "a\r\n");
  write("notes.txt", "no rule");
  const auto files = read_rule_files(folder_, report_);
  ASSERT_EQ(files.size(), 3U);
  EXPECT_TRUE(files[0].file.ends_with("/a.yml"));
  EXPECT_EQ(files[0].text, "a\r\n");
  EXPECT_TRUE(files[2].file.ends_with("/below/c.yaml"));
  EXPECT_EQ(files[2].source().text, "c");
  EXPECT_THAT(errors(), IsEmpty());
}

// They are texts of rules, not rules.
TEST_F(RuleFiles, DoNotCountTheMessagesBesideThem) {
  fs::create_directories(folder_ / "messages" / "de");
  fs::create_directories(folder_ / "below" / "messages");
  write("a.yml", "a");
  write("messages/de/a.yml", "m");
  write("below/messages/b.yml", "b");
  const auto files = read_rule_files(folder_, report_);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_TRUE(files[0].file.ends_with("/a.yml"));
  EXPECT_TRUE(files[1].file.ends_with("/below/messages/b.yml"));
  const auto messages = read_message_files(folder_, "de", report_);
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(messages[0].text, "m");
  EXPECT_THAT(read_message_files(folder_, "fr", report_), IsEmpty());
  EXPECT_THAT(errors(), IsEmpty());
}

TEST_F(RuleFiles, AFolderOfMessagesWithoutAnyIsAnError) {
  fs::create_directories(folder_ / "messages" / "de");
  EXPECT_THAT(read_message_files(folder_, "de", report_), IsEmpty());
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("no .yml file")));
}

TEST_F(RuleFiles, StoriesAndWhatIsHiddenAreNone) {
  fs::create_directories(folder_ / "below" / "stories" / "deeper");
  fs::create_directories(folder_ / ".git");
  write("below/stories/deeper/a.yml", "a");
  write(".git/b.yml", "b");
  write("c.yml", "c");
  EXPECT_EQ(read_rule_files(folder_, report_).size(), 1U);
}

TEST_F(RuleFiles, MayBeASingleFile) {
  write("only.yml", "x");
  EXPECT_EQ(read_rule_files(folder_ / "only.yml", report_).size(), 1U);
  EXPECT_THAT(errors(), IsEmpty());
}

TEST_F(RuleFiles, ThatAreNotThereAreAnError) {
  EXPECT_THAT(read_rule_files(folder_ / "nowhere", report_), IsEmpty());
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("there is no such file or folder")));
}

TEST_F(RuleFiles, AFolderWithoutRulesIsAnError) {
  EXPECT_THAT(read_rule_files(folder_, report_), IsEmpty());
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("no .yml file")));
}

TEST_F(RuleFiles, ATooLargeFileIsReadJustFarEnoughToBeRefused) {
  write("large.yml", std::string(kMaxYamlBytes * 3, ' '));
  const auto files = read_rule_files(folder_, report_);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].text.size(), kMaxYamlBytes + 1);
  EXPECT_THAT(read_yaml(files[0].text).error.what, HasSubstr("larger"));
}

}  // namespace
}  // namespace exotap
