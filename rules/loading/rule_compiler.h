// Turns a rule's document into a rule that can run.
#pragma once

#include <optional>
#include <span>

#include "rules/judging/rule_set.h"
#include "rules/reading/correlation_reader.h"
#include "rules/reading/rule_reader.h"

namespace exotap {

// A document and what the loader has found out about it beyond the document itself.
struct LinkedDocument {
  RuleDocument document;
  std::optional<CorrelationText> correlation;  // of a correlation; its rules exist
};

// Facts that this rule's texts may show beside the vocabulary's: what a correlation counts.
[[nodiscard]] std::span<const FactSpec* const> own_facts_of(const Rule& rule);

// Compiles all but the links between rules (CompiledRule::feeds). nullopt where `report` got an
// error; reads as far as it can, so that one load tells all. `scope` is of the rule's log source.
[[nodiscard]] std::optional<CompiledRule> compile_rule(const LinkedDocument& linked,
                                                       const FieldScope& scope,
                                                       const FileReport& report);

}  // namespace exotap
