// The examples of docs/rules.md are rules that load.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "decoders/decoder.h"
#include "rules/loading/rule_loader.h"

namespace exotap {
namespace {

std::string documentation() {
  std::ifstream in(std::filesystem::path(EXOTAP_SOURCE_DIR) / "docs/rules.md");
  return {std::istreambuf_iterator<char>(in), {}};
}

// The documents among the page's YAML examples that are whole rules.
std::vector<std::string> whole_rules(const std::string& page) {
  constexpr std::string_view kOpen = "```yaml\n";
  std::vector<std::string> found;
  for (std::size_t at = page.find(kOpen); at != std::string::npos; at = page.find(kOpen, at)) {
    at += kOpen.size();
    const std::string block = page.substr(at, page.find("```", at) - at);
    if (block.starts_with("title:")) found.push_back(block);
  }
  return found;
}

std::string file_of(const std::string& rule) {
  const std::size_t name = rule.find("\nname: ");
  if (name == std::string::npos) return "filter.yml";
  const std::size_t from = name + 7;
  return rule.substr(from, rule.find_first_of(" \n", from) - from) + ".yml";
}

TEST(RulesDocumentation, ItsExamplesLoad) {
  const auto rules = whole_rules(documentation());
  ASSERT_EQ(rules.size(), 3U);
  std::vector<std::string> files;
  for (const std::string& rule : rules) files.push_back(file_of(rule));
  std::vector<RuleSource> sources;
  for (std::size_t i = 0; i < rules.size(); ++i) sources.push_back({files[i], rules[i]});
  const LoadedRules loaded = load_rules(sources, Vocabulary(all_facts()));
  for (const LoadMessage& error : loaded.report.errors()) ADD_FAILURE() << to_string(error);
  for (const LoadMessage& warning : loaded.report.warnings()) ADD_FAILURE() << to_string(warning);
}

TEST(RulesDocumentation, NamesEveryFieldOfSigmas) {
  const std::string page = documentation();
  for (const FieldAlias& alias : field_aliases()) {
    EXPECT_NE(page.find("`" + std::string(alias.field) + "`"), std::string::npos) << alias.field;
  }
}

}  // namespace
}  // namespace exotap
