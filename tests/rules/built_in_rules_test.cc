#include "rules/built_in_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "decoders/decoder.h"
#include "rules/rule_files.h"

namespace exotap {
namespace {

LoadedRules load_built_in() { return load_rules(built_in_rules(), Vocabulary(all_facts())); }

TEST(BuiltInRules, AreTheFilesOfTheLibrary) {
  LoadReport report;
  const auto files =
      read_rule_files(std::filesystem::path(EXOTAP_SOURCE_DIR) / "rules/library", report);
  ASSERT_FALSE(report.has_errors());
  const auto embedded = built_in_rules();
  ASSERT_EQ(embedded.size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_TRUE(files[i].file.ends_with("rules/" + std::string(embedded[i].file)))
        << files[i].file << " against " << embedded[i].file;
    EXPECT_EQ(embedded[i].text, files[i].text) << embedded[i].file;
  }
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

}  // namespace
}  // namespace exotap
