// Every story told in exotap's other languages: the same findings, in words that leave nothing out.
#include <gmock/gmock.h>

#include <stdexcept>

#include "rules/loading/built_in_messages.h"
#include "tests/flows/told_story.h"

namespace exotap::testing {
namespace {

const RuleSet& library_in(std::string_view code) {
  static const auto load = [](std::string_view language) {
    LoadReport report;
    const auto files =
        read_rule_files(std::filesystem::path(EXOTAP_SOURCE_DIR) / "rules" / "library", report);
    std::vector<RuleSource> sources;
    for (const RuleFile& file : files) sources.push_back(file.source());
    std::vector<MessageSource> messages;
    for (const MessageSource& message : built_in_messages()) {
      if (message.file.starts_with("messages/" + std::string(language) + "/")) {
        messages.push_back(message);
      }
    }
    LoadedRules loaded = load_rules(sources, Vocabulary(all_facts()), std::move(report),
                                    {wording_in(language), messages});
    if (!loaded.rules) throw std::runtime_error(to_string(loaded.report.errors().front()));
    return std::move(loaded.rules);
  };
  static const auto english_rules = load("en");
  static const auto german_rules = load("de");
  return code == "de" ? *german_rules : *english_rules;
}

Story story_of(const std::string& name) {
  StoryResult result = read_story((flows_folder() / name / "story.yml").string());
  if (!result.story) throw std::runtime_error(result.error);
  return std::move(*result.story);
}

class StoryInGerman : public ::testing::TestWithParam<std::string> {};

TEST_P(StoryInGerman, FindsTheSameAndLeavesNoPlaceholderEmpty) {
  const Story story = story_of(GetParam());
  const auto plain = tell(story, library_in("en")).findings();
  const auto told = tell(story, library_in("de")).findings();
  ASSERT_EQ(told.size(), plain.size());
  for (std::size_t i = 0; i < told.size(); ++i) {
    EXPECT_EQ(told[i].rule_name, plain[i].rule_name);
    EXPECT_EQ(told[i].host, plain[i].host);
    EXPECT_EQ(told[i].evidence.size(), plain[i].evidence.size());
    EXPECT_NE(told[i].explain, plain[i].explain) << told[i].rule_name;
    for (const std::string& text : {told[i].title, told[i].explain, told[i].remedy}) {
      EXPECT_EQ(text.find(wording_in("de")->absent), std::string::npos)
          << told[i].rule_name << ": " << text;
      EXPECT_EQ(text.find(kAbsentText), std::string::npos) << told[i].rule_name << ": " << text;
    }
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Flows, StoryInGerman, ::testing::ValuesIn(story_names()), test_name);

}  // namespace
}  // namespace exotap::testing
