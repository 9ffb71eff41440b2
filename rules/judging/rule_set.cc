#include "rules/judging/rule_set.h"

#include <utility>

namespace exotap {

RuleSet::RuleSet(std::vector<CompiledRule> rules, std::vector<Detection> filters, SlotTable slots,
                 ComposedFacts composed, EngineFacts facts, std::vector<Consequence> consequences)
    : rules_(std::move(rules)),
      filters_(std::move(filters)),
      slots_(std::move(slots)),
      composed_(composed),
      facts_(facts),
      consequences_(std::move(consequences)) {
  KeyCounts counts;
  std::vector<std::size_t> for_all;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const CompiledRule& rule = rules_[i];
    if (rule.correlation) continue;
    const bool gated = rule.rule.source == LogSource::exotap && rule.rule.only_if_related;
    (gated ? numbered_ : for_all).push_back(i);
    counts.count(rule.detection);
  }
  for_related_only_ = numbered_.size();
  numbered_.insert(numbered_.end(), for_all.begin(), for_all.end());
  std::vector<Gate> gates;
  for (const std::size_t i : numbered_) gates.push_back(gate_of(rules_[i].detection, counts));
  index_ = RuleIndex(gates, slots_.size());
}

const Rule* RuleSet::find(std::string_view name_or_id) const {
  for (const CompiledRule& compiled : rules_) {
    if (compiled.rule.name == name_or_id || compiled.rule.id == name_or_id) return &compiled.rule;
  }
  return nullptr;
}

}  // namespace exotap
