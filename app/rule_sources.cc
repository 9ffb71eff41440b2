#include "app/rule_sources.h"

#include <utility>

#include "decoders/decoder.h"
#include "rules/built_in_rules.h"
#include "rules/rule_files.h"
#include "rules/rule_loader.h"
#include "rules/vocabulary.h"

namespace exotap {

std::unique_ptr<const RuleSet> load_all_rules(const std::vector<std::string>& directories,
                                              std::ostream& errors) {
  LoadReport report;
  std::vector<RuleFile> files;
  for (const std::string& directory : directories) {
    for (RuleFile& file : read_rule_files(directory, report)) files.push_back(std::move(file));
  }
  std::vector<RuleSource> sources(built_in_rules().begin(), built_in_rules().end());
  for (const RuleFile& file : files) sources.push_back(file.source());
  const Vocabulary vocabulary(all_facts());
  LoadedRules loaded = load_rules(sources, vocabulary, std::move(report));
  for (const LoadMessage& message : loaded.report.errors()) {
    errors << "exotap: rule: " << to_string(message)
           << " (mend the rule, or leave its folder out)\n";
  }
  for (const LoadMessage& message : loaded.report.warnings()) {
    errors << "exotap: rule: " << to_string(message) << "\n";
  }
  return loaded.report.has_errors() ? nullptr : std::move(loaded.rules);
}

}  // namespace exotap
