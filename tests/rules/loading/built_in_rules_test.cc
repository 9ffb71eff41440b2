#include "rules/loading/built_in_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "decoders/decoder.h"
#include "rules/loading/rule_files.h"

namespace exotap {
namespace {

LoadedRules load_built_in() { return load_rules(built_in_rules(), Vocabulary(all_facts())); }

TEST(BuiltInRules, AreTheFilesOfTheLibrary) {
  LoadReport report;
  const auto files =
      read_rule_files(std::filesystem::path(EXOTAP_SOURCE_DIR) / "rules/library", report);
  ASSERT_FALSE(report.has_errors());
  std::map<std::string, std::string_view> on_disk;
  for (const RuleFile& file : files)
    on_disk[file.file.substr(file.file.rfind("library/"))] = file.text;
  std::map<std::string, std::string_view> embedded;
  for (const RuleSource& rule : built_in_rules()) embedded[std::string(rule.file)] = rule.text;
  EXPECT_EQ(embedded, on_disk);
}

TEST(BuiltInRules, LoadWithoutAWordOfComplaint) {
  const LoadedRules loaded = load_built_in();
  for (const LoadMessage& error : loaded.report.errors()) ADD_FAILURE() << to_string(error);
  for (const LoadMessage& warning : loaded.report.warnings()) ADD_FAILURE() << to_string(warning);
  ASSERT_NE(loaded.rules, nullptr);
  EXPECT_GT(loaded.rules->size(), 0U);
}

TEST(BuiltInRules, AreAllOfProductExotap) {
  const LoadedRules loaded = load_built_in();
  ASSERT_NE(loaded.rules, nullptr);
  for (std::size_t i = 0; i < loaded.rules->size(); ++i) {
    EXPECT_EQ(loaded.rules->rule(i).source, LogSource::exotap) << loaded.rules->rule(i).name;
  }
}

TEST(BuiltInRules, FindTheFactsTheEngineAsksFor) {
  const LoadedRules loaded = load_built_in();
  ASSERT_NE(loaded.rules, nullptr);
  const EngineFacts& facts = loaded.rules->facts();
  EXPECT_TRUE(facts.mail_related && facts.speculative && facts.client_aborted);
  EXPECT_NE(facts.attempt, nullptr);
}

}  // namespace
}  // namespace exotap
