#include "rules/loading/translation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/loading/rule_compiler.h"

namespace exotap {
namespace {

// One of a rule's texts: as it is written, as it runs, and what is to take the place of both.
struct TextPair {
  std::string_view key;
  std::string& written;
  TextTemplate& compiled;
  const std::string& told;
};

// What differs between the facts of the two texts; empty where a reader of either learns as much.
std::string difference(const TextTemplate& written, const TextTemplate& told) {
  const std::vector<TextTemplate::Asked> here = told.asks_for();
  const std::vector<TextTemplate::Asked> there = written.asks_for();
  for (const auto& [fact, has_alternative] : there) {
    const std::string placeholder = '{' + std::string(fact->name) + '}';
    const auto found = std::ranges::find(here, fact, &TextTemplate::Asked::fact);
    if (found == here.end()) return placeholder + " of the rule's text is missing";
    if (has_alternative && !found->has_alternative) {
      return placeholder + " has no words for its absence, as the rule's text has: {" +
             std::string(fact->name) + "|...}";
    }
  }
  for (const auto& [fact, has_alternative] : here) {
    if (std::ranges::find(there, fact, &TextTemplate::Asked::fact) == there.end()) {
      return '{' + std::string(fact->name) + "} is not in the rule's text";
    }
  }
  return {};
}

std::optional<TextTemplate> parse(const CompiledRule& rule, const TextPair& text,
                                  const TranslationScope& scope, std::string& why) {
  // Texts of rules that are not ours know no placeholders.
  if (rule.rule.source != LogSource::exotap) return TextTemplate::verbatim(text.told);
  auto parsed =
      TextTemplate::parse(text.told, scope.vocabulary, own_facts_of(rule.rule), why, scope.words);
  if (parsed) why = difference(text.compiled, *parsed);
  return parsed;
}

}  // namespace

void translate(CompiledRule& rule, const RuleMessage& message, const TranslationScope& scope) {
  const FileReport report(scope.report, message.file);
  if (!message.name.empty() && message.name != rule.rule.name) {
    report.error(message.line, "name '" + message.name +
                                   "' is not that of the rule with this id, '" + rule.rule.name +
                                   "'");
  }
  for (const TextPair& text :
       {TextPair{"title", rule.rule.title, rule.title, message.title},
        TextPair{"explain", rule.rule.explain, rule.explain, message.explain},
        TextPair{"remedy", rule.rule.remedy, rule.remedy, message.remedy}}) {
    std::string why;
    auto parsed = parse(rule, text, scope, why);
    if (!why.empty()) {
      report.error(message.line, std::string(text.key) + ": " + why);
      continue;
    }
    text.written = text.told;
    text.compiled = *std::move(parsed);
  }
}

}  // namespace exotap
