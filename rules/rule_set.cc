#include "rules/rule_set.h"

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
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const CompiledRule& rule = rules_[i];
    if (rule.correlation) continue;
    Candidate candidate;
    candidate.rule = i;
    // A composed fact is in no Facts, so it has no bit there.
    for (const Slot slot : rule.detection.required()) {
      const FactSpec& spec = slots_.spec(slot);
      if (find_composed_fact(spec.name) != &spec) candidate.mask |= Facts::bit_of(spec);
    }
    const bool gated = rule.rule.source == LogSource::exotap && rule.rule.only_if_related;
    (gated ? related_ : all_).push_back(candidate);
  }
}

const Rule* RuleSet::find(std::string_view name_or_id) const {
  for (const CompiledRule& compiled : rules_) {
    if (compiled.rule.name == name_or_id || compiled.rule.id == name_or_id) return &compiled.rule;
  }
  return nullptr;
}

}  // namespace exotap
