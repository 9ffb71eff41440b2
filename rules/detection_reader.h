// Reads the `detection` section of a Sigma rule.
#pragma once

#include <cstddef>
#include <optional>

#include "rules/detection.h"
#include "rules/load_report.h"
#include "rules/taxonomy.h"
#include "rules/value_lists.h"
#include "rules/vocabulary.h"
#include "rules/yaml.h"

namespace exotap {

inline constexpr std::size_t kMaxValuesPerField = 1000;
// Of all values with modifiers that change them, afterwards.
inline constexpr std::size_t kMaxFormsPerDetection = 20000;
inline constexpr std::size_t kMaxSelections = 100;

// What a rule's fields may mean.
struct FieldScope {
  const Vocabulary& vocabulary;
  SlotTable& slots;  // gets the facts that are read
  LogSource source = LogSource::exotap;
  const ValueLists* placeholders = nullptr;  // of the modifier expand; none where null
};

// The facts behind a field: by Sigma's names for the categories proxy and webserver, else by the
// fact's own. nullopt with the reason in `why` where there is no such field; empty where it is
// never available.
[[nodiscard]] std::optional<std::vector<const FactSpec*>> resolve_field(const FieldScope& scope,
                                                                        std::string_view field,
                                                                        std::string& why);

// nullopt where `report` got an error. Reads as far as it can, so that one load tells all.
[[nodiscard]] std::optional<Detection> read_detection(const YamlNode& node, const FieldScope& scope,
                                                      const FileReport& report);

}  // namespace exotap
