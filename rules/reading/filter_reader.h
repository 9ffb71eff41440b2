// Reads Sigma filters: an exception for rules that stand elsewhere, so that those need no change
// (Sigma filters specification 2.1).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/reading/load_report.h"
#include "rules/reading/rule_reader.h"

namespace exotap {

// A filter whose rules are still names. Its condition must hold beside theirs, so one that is to
// keep something out begins with `not`.
struct FilterText {
  std::string title;
  std::string file;
  int line = 0;
  LogSource source = LogSource::exotap;
  bool any_rule = false;           // `rules: any`: every rule of the same log source
  std::vector<std::string> rules;  // by name or id
  YamlNode detection;              // its selections and condition
};

// `document` is of DocumentKind::filter. nullopt where `report` got an error.
[[nodiscard]] std::optional<FilterText> read_filter(const RuleDocument& document,
                                                    const FileReport& report);

}  // namespace exotap
