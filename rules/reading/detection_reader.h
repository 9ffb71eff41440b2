// Reads the `detection` section of a Sigma rule.
#pragma once

#include <cstddef>
#include <optional>

#include "rules/matching/detection.h"
#include "rules/reading/field_scope.h"
#include "rules/reading/load_report.h"
#include "rules/reading/yaml.h"

namespace exotap {

inline constexpr std::size_t kMaxSelections = 100;

// nullopt where `report` got an error. Reads as far as it can, so that one load tells all.
[[nodiscard]] std::optional<Detection> read_detection(const YamlNode& node, const FieldScope& scope,
                                                      const FileReport& report);

}  // namespace exotap
