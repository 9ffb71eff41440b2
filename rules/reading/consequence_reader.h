// Reads consequences: documents that say what follows from what (docs/causes.md).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rules/judging/consequence.h"
#include "rules/judging/rule.h"
#include "rules/reading/detection_reader.h"
#include "rules/reading/load_report.h"
#include "rules/reading/yaml.h"

namespace exotap {

inline constexpr std::size_t kMaxConsequences = 200;

// Whether a document is a consequence and no rule.
[[nodiscard]] bool holds_consequence(const YamlNode& document);

// `rules` are all that were loaded, in their places; `scope` gets the facts that are read. nullopt
// where `report` got an error. Reads as far as it can, so that one load tells all.
[[nodiscard]] std::optional<Consequence> read_consequence(const YamlNode& document,
                                                          std::span<const Rule* const> rules,
                                                          const FieldScope& scope,
                                                          const FileReport& report);

}  // namespace exotap
