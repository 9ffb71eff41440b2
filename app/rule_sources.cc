#include "app/rule_sources.h"

#include <utility>

#include "decoders/decoder.h"
#include "rules/loading/built_in_messages.h"
#include "rules/loading/built_in_rules.h"
#include "rules/loading/rule_files.h"
#include "rules/loading/rule_loader.h"
#include "rules/words/vocabulary.h"

namespace exotap {
namespace {

// The built-in ones of that language, and those that were read.
std::vector<MessageSource> messages_in(const Wording& words, const std::vector<RuleFile>& read) {
  std::vector<MessageSource> messages;
  const std::string folder = "messages/" + std::string(words.code) + "/";
  for (const MessageSource& message : built_in_messages()) {
    if (message.file.starts_with(folder)) messages.push_back(message);
  }
  for (const RuleFile& file : read) messages.push_back({file.file, file.text});
  return messages;
}

}  // namespace

std::unique_ptr<const RuleSet> load_all_rules(const std::vector<std::string>& directories,
                                              std::ostream& errors, const Wording& words) {
  LoadReport report;
  std::vector<RuleFile> files, message_files;
  for (const std::string& directory : directories) {
    for (RuleFile& file : read_rule_files(directory, report)) files.push_back(std::move(file));
    for (RuleFile& file : read_message_files(directory, words.code, report)) {
      message_files.push_back(std::move(file));
    }
  }
  std::vector<RuleSource> sources(built_in_rules().begin(), built_in_rules().end());
  for (const RuleFile& file : files) sources.push_back(file.source());
  const Vocabulary vocabulary(all_facts());
  const std::vector<MessageSource> messages = messages_in(words, message_files);
  LoadedRules loaded = load_rules(sources, vocabulary, std::move(report), {&words, messages});
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
