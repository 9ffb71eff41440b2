// Reads the `detection` section of a Sigma rule.
#pragma once

#include <cstddef>
#include <optional>

#include "rules/detection.h"
#include "rules/field_scope.h"
#include "rules/load_report.h"
#include "rules/yaml.h"

namespace exotap {

inline constexpr std::size_t kMaxSelections = 100;

// nullopt where `report` got an error. Reads as far as it can, so that one load tells all.
[[nodiscard]] std::optional<Detection> read_detection(const YamlNode& node, const FieldScope& scope,
                                                      const FileReport& report);

}  // namespace exotap
