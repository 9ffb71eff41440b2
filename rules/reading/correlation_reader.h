// Reads the `correlation` section of a Sigma correlation rule.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/judging/correlation.h"
#include "rules/reading/detection_reader.h"

namespace exotap {

// A correlation whose rules are still names: all documents must be read before they can be found.
struct CorrelationText {
  std::vector<std::string> rules;  // by name or id
  TextPlace rules_place;
  const YamlNode* body = nullptr;
};

// The rules a correlation refers to. nullopt where `report` got an error.
[[nodiscard]] std::optional<CorrelationText> read_correlation_rules(const YamlNode& body,
                                                                    const FileReport& report);

// The rest of it. `text.rules` have been found to exist; fields mean what they mean in `scope`.
[[nodiscard]] std::optional<Correlation> read_correlation(const CorrelationText& text,
                                                          const FieldScope& scope,
                                                          const FileReport& report);

}  // namespace exotap
