// Reads one item of a detection: a field with its modifiers and values, or keywords.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/matching/detection.h"
#include "rules/matching/modifiers.h"
#include "rules/reading/field_scope.h"
#include "rules/reading/load_report.h"
#include "rules/reading/yaml.h"

namespace exotap {

inline constexpr std::size_t kMaxValuesPerField = 1000;
// Of all values with modifiers that change them, afterwards.
inline constexpr std::size_t kMaxFormsPerDetection = 20000;

// A single value and a list of values as one list; the nodes are those of `value`.
[[nodiscard]] std::vector<const YamlNode*> listed(const YamlNode& value);

// For the items of one detection, whose values are counted together. Every problem is reported; an
// item with one reads as empty. `scope` and `report` must outlive it.
class ItemReader {
 public:
  ItemReader(const FieldScope& scope, const FileReport& report) : scope_(scope), report_(report) {}

  [[nodiscard]] Selection item(const YamlEntry& entry);
  [[nodiscard]] Selection keywords(const std::vector<const YamlNode*>& values, Modifiers modifiers,
                                   TextPlace place);

  // Reports an error, so that failed() is true.
  void fail(TextPlace place, std::string what);
  // The same, of what exotap does not have: a slip in our own rules; others may write it.
  void refuse(TextPlace place, std::string what);
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  void read_exists(const YamlNode& value, FactTest& test);
  void read_null(const FieldKey& key, TextPlace place, FactTest& test);
  Selection read_fieldref(const FieldKey& key, const std::vector<const YamlNode*>& values,
                          FactTest test);
  Selection read_values(const FieldKey& key, FactType type,
                        const std::vector<const YamlNode*>& values, FactTest test);
  Selection value_or_absent(const FieldKey& key, FactType type, const YamlNode& list,
                            FactTest test);
  std::vector<ValueMatch> read_value(const FieldKey& key, FactType type, const YamlNode& value);

  std::optional<std::vector<const FactSpec*>> resolve(std::string_view field, TextPlace place);
  std::vector<Slot> slots_of(const std::vector<const FactSpec*>& specs);
  [[nodiscard]] std::vector<const FactSpec*> specs_of(const std::vector<Slot>& slots) const;

  const FieldScope& scope_;
  const FileReport& report_;
  std::size_t forms_ = 0;  // of values that modifiers change
  bool failed_ = false;
};

}  // namespace exotap
