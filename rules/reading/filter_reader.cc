#include "rules/reading/filter_reader.h"

#include <cstddef>

namespace exotap {
namespace {

constexpr std::size_t kMaxFilteredRules = 1000;

}  // namespace

std::optional<FilterText> read_filter(const RuleDocument& document, const FileReport& report) {
  const YamlNode& body = *document.body;
  if (!body.is_map()) {
    report.error(body.place(), "filter is a map of rules, selections and a condition");
    return std::nullopt;
  }
  FilterText filter;
  filter.title = document.rule.title;
  filter.file = std::string(report.file());
  filter.line = document.rule.line;
  filter.source = document.rule.source;
  filter.detection = body;
  std::erase_if(filter.detection.entries, [](const YamlEntry& e) { return e.key == "rules"; });
  const YamlNode* rules = body.find("rules");
  if (rules != nullptr && rules->is_scalar()) {
    filter.any_rule = rules->text == "any";
    if (!filter.any_rule) filter.rules.push_back(rules->text);
  }
  if (rules != nullptr) {
    for (const YamlNode& rule : rules->items) filter.rules.push_back(rule.text);
  }
  if ((filter.rules.empty() && !filter.any_rule) || filter.rules.size() > kMaxFilteredRules) {
    report.error(body.place(), "filter: rules lists the names or ids of rules, or is 'any'");
    return std::nullopt;
  }
  return filter;
}

}  // namespace exotap
