#include "rules/reading/value_lists.h"

#include <algorithm>
#include <utility>

#include "rules/words/letter_case.h"

namespace exotap {
namespace {

std::vector<std::string> values_of(const YamlNode& node) {
  std::vector<std::string> values;
  if (node.is_scalar()) values.push_back(node.text);
  if (!node.is_sequence()) return values;
  for (const YamlNode& item : node.items) {
    if (!item.is_scalar()) return {};
    values.push_back(item.text);
  }
  return values;
}

}  // namespace

bool is_placeholder_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    const char letter = fold_case(c);
    return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
}

bool holds_value_lists(const YamlNode& document) {
  return document.is_map() && document.find("placeholders") != nullptr &&
         document.find("detection") == nullptr && document.find("correlation") == nullptr &&
         document.find("filter") == nullptr;
}

void read_value_lists(const YamlNode& document, const FileReport& report, ValueLists& lists) {
  for (const YamlEntry& entry : document.entries) {
    if (entry.key != "placeholders" && entry.key != "title" && entry.key != "description") {
      report.error(entry.place(), "the key '" + entry.key + "' is not known beside placeholders");
    }
  }
  const YamlNode& body = *document.find("placeholders");
  if (!body.is_map()) {
    report.error(body.place(),
                 "placeholders is a map of names, each with a value or a list of them");
    return;
  }
  for (const YamlEntry& entry : body.entries) {
    const std::string name = "placeholder '" + entry.key + "'";
    auto values = values_of(entry.value);
    if (values.empty() || values.size() > kMaxListedValues) {
      report.error(entry.place(), name + " takes a value, or a list of 1 to " +
                                      std::to_string(kMaxListedValues) + " values");
    } else if (std::ranges::any_of(
                   values, [](const std::string& v) { return v.size() > kMaxListedText; })) {
      report.error(entry.place(), name + " has a value longer than " +
                                      std::to_string(kMaxListedText) + " characters");
    } else if (!is_placeholder_name(entry.key)) {
      report.error(entry.place(), name +
                                      " is named with letters, digits, '_', '-' and '.' only, "
                                      "without percent signs here");
    } else if (lists.size() >= kMaxValueLists) {
      report.error(entry.place(), "more than " + std::to_string(kMaxValueLists) + " placeholders");
      return;
    } else if (!lists.emplace(entry.key, std::move(values)).second) {
      report.error(entry.place(), name + " has its values elsewhere already");
    }
  }
}

}  // namespace exotap
