#include "app/loaded_folder.h"

#include <utility>

#include "decoders/decoder.h"
#include "rules/loading/built_in_rules.h"
#include "rules/loading/rule_loader.h"
#include "rules/words/vocabulary.h"

namespace exotap {
namespace {

// Messages of a folder with thousands of rules for other log sources.
constexpr std::size_t kMaxMessages = 20'000;
// What a broken file takes with it shows only when it is gone, so loading goes in rounds. Rules
// that refer to rules that refer to a broken one are rare; what is left then fails as a whole.
constexpr int kMaxRounds = 8;

// Those messages of one round that no earlier one had: a file that stays is read again each time.
void take(std::span<const LoadMessage> from, std::set<std::string>& known,
          std::vector<LoadMessage>& to) {
  for (const LoadMessage& message : from) {
    if (known.insert(to_string(message)).second) to.push_back(message);
  }
}

}  // namespace

LoadedFolder load_folder(const std::string& folder, bool alone) {
  LoadedFolder out;
  LoadReport reading;
  out.files = read_rule_files(folder, reading);
  out.unreadable.assign(reading.errors().begin(), reading.errors().end());
  for (const RuleFile& file : out.files) out.names.insert(file.file);
  const Vocabulary vocabulary(all_facts());
  std::set<std::string> known;
  for (int round = 0; round < kMaxRounds && !out.rules; ++round) {
    std::vector<RuleSource> sources;
    if (!alone) sources.assign(built_in_rules().begin(), built_in_rules().end());
    for (const RuleFile& file : out.files) {
      if (!out.broken.contains(file.file)) sources.push_back(file.source());
    }
    if (sources.empty()) break;
    LoadedRules loaded = load_rules(sources, vocabulary, LoadReport(kMaxMessages));
    take(loaded.report.errors(), known, out.errors);
    take(loaded.report.warnings(), known, out.warnings);
    for (const LoadMessage& error : loaded.report.errors()) {
      const bool is_new = out.broken.insert(error.file).second;
      if (is_new && error.unsupported) out.unsupported.insert(error.file);
      if (!error.unsupported) out.unsupported.erase(error.file);
    }
    out.rules = std::move(loaded.rules);
  }
  return out;
}

}  // namespace exotap
