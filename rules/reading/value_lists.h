// Values for the placeholders of Sigma's modifier `expand`: what %name% stands for here.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/reading/load_report.h"
#include "rules/reading/yaml.h"

namespace exotap {

inline constexpr std::size_t kMaxValueLists = 200;
inline constexpr std::size_t kMaxListedValues = 1000;
inline constexpr std::size_t kMaxListedText = 2000;  // bytes of a value

// By name: Sigma texts, so they may hold wildcards.
using ValueLists = std::map<std::string, std::vector<std::string>, std::less<>>;

// What a placeholder may be called: letters, digits, '_', '-' and '.'.
[[nodiscard]] bool is_placeholder_name(std::string_view name);

// Whether a document holds such values and is no rule: a map with `placeholders`, and neither
// detection, correlation nor filter.
[[nodiscard]] bool holds_value_lists(const YamlNode& document);

// Adds those of the document. A name that another document has given already is an error.
void read_value_lists(const YamlNode& document, const FileReport& report, ValueLists& lists);

}  // namespace exotap
