// Reads everything of a rule's document but its detection or correlation.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "rules/judging/rule.h"
#include "rules/reading/load_report.h"
#include "rules/reading/yaml.h"

namespace exotap {

enum class DocumentKind : std::uint8_t { detection, correlation, filter };

// What a document turned out to be.
struct RuleDocument {
  Rule rule;
  DocumentKind kind = DocumentKind::detection;
  const YamlNode* body = nullptr;  // the detection, correlation or filter section
  const YamlNode* root = nullptr;  // the document; both belong to whoever read the YAML
  bool generate = false;           // of a correlation: the rules it refers to fire alone as well
  bool skipped = false;            // of a log source that is not ours: only name and id are read
};

// Whether it is some other YAML file, which happens to lie among rules: nothing in it is of a rule.
[[nodiscard]] bool holds_no_rule(const YamlNode& document);

// nullopt where `report` got an error that leaves no rule at all; lesser errors are reported and
// the reading goes on. `stem` is the file's name without folder and extension. A correlation's
// log source is its rules', which are not known here: check_own_keys() comes after.
[[nodiscard]] std::optional<RuleDocument> read_rule(const YamlNode& document, std::string_view stem,
                                                    const FileReport& report);

// What rules of product exotap must have beyond Sigma: the texts, a level, tests. Asked for every
// rule of ours that fires alone.
void check_own_keys(const RuleDocument& document, const FileReport& report);

}  // namespace exotap
