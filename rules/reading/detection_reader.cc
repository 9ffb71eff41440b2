#include "rules/reading/detection_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "rules/reading/item_reader.h"

namespace exotap {
namespace {

// Reads one detection section. Every problem is reported; a selection with one reads as empty.
class DetectionReader {
 public:
  DetectionReader(const FieldScope& scope, const FileReport& report)
      : scope_(scope), report_(report), items_(scope, report) {}

  std::optional<Detection> read(const YamlNode& node);

 private:
  Selection selection(const YamlNode& node);
  Selection items_of(const YamlNode& map);
  Selection alternatives(const YamlNode& list);
  std::optional<Condition> condition(const YamlNode& node);
  void check_use(const Condition& condition, const YamlNode& detection);

  const FieldScope& scope_;
  const FileReport& report_;
  std::vector<std::string_view> names_;
  ItemReader items_;
};

Selection DetectionReader::selection(const YamlNode& node) {
  if (node.is_map() && !node.entries.empty()) return items_of(node);
  if (node.is_sequence() && !node.items.empty()) return alternatives(node);
  if (node.is_scalar()) return items_.keywords({&node}, {}, node.place());
  items_.fail(node.place(),
              "a selection is a map of fields, a list of such maps, or a list of keywords");
  return {};
}

Selection DetectionReader::items_of(const YamlNode& map) {
  Selection all;
  all.op = Selection::Op::all;
  for (const YamlEntry& entry : map.entries) all.parts.push_back(items_.item(entry));
  return all;
}

Selection DetectionReader::alternatives(const YamlNode& list) {
  Selection any;
  any.op = Selection::Op::any;
  std::vector<const YamlNode*> words;
  for (const YamlNode& alternative : list.items) {
    if (alternative.is_scalar()) {
      words.push_back(&alternative);
    } else if (alternative.is_map() && !alternative.entries.empty()) {
      any.parts.push_back(items_of(alternative));
    } else {
      items_.fail(alternative.place(),
                  "an item of this list is neither a keyword nor a map of fields");
    }
  }
  if (!words.empty()) any.parts.push_back(items_.keywords(words, {}, list.place()));
  return any;
}

std::optional<Condition> DetectionReader::condition(const YamlNode& node) {
  Condition any{Condition::Op::any, 0, {}};
  for (const YamlNode* text : listed(node)) {
    if (!text->is_scalar()) {
      items_.fail(text->place(), "a condition is a line of text");
      return std::nullopt;
    }
    auto parsed = parse_condition(text->text, names_);
    if (const auto* error = std::get_if<ConditionError>(&parsed)) {
      const std::string what =
          "condition, column " + std::to_string(error->column) + ": " + error->what;
      error->unsupported ? items_.refuse(text->place(), what) : items_.fail(text->place(), what);
      return std::nullopt;
    }
    any.parts.push_back(std::get<Condition>(std::move(parsed)));
  }
  if (any.parts.empty()) {
    items_.fail(node.place(), "the condition is empty");
    return std::nullopt;
  }
  if (any.parts.size() > 1) return any;
  Condition only = std::move(any.parts.front());
  return only;
}

// A selection nobody asks for is a slip in our own rules; in others' it changes nothing.
void DetectionReader::check_use(const Condition& condition, const YamlNode& detection) {
  std::vector<bool> used(names_.size());
  mark_used(condition, used);
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (used[i] || names_[i].starts_with('_')) continue;
    const auto entry = std::ranges::find(detection.entries, names_[i], &YamlEntry::key);
    const TextPlace place = entry->place();
    std::string what = "the condition does not use the selection '" + std::string(names_[i]) + "'";
    if (scope_.source == LogSource::exotap) {
      items_.fail(place, std::move(what));
    } else {
      report_.warning(place, std::move(what));
    }
  }
}

std::optional<Detection> DetectionReader::read(const YamlNode& node) {
  if (!node.is_map()) {
    items_.fail(node.place(), "detection is a map of selections and a condition");
    return std::nullopt;
  }
  std::vector<Selection> selections;
  for (const YamlEntry& entry : node.entries) {
    if (entry.key == "condition") continue;
    if (entry.key == "timeframe") {
      report_.warning(entry.place(), "timeframe has no meaning without a correlation");
      continue;
    }
    names_.push_back(entry.key);
    selections.push_back(selection(entry.value));
  }
  if (selections.size() > kMaxSelections) items_.fail(node.place(), "too many selections");
  const YamlNode* text = node.find("condition");
  if (text == nullptr) {
    items_.fail(node.place(), "the detection has no condition");
    return std::nullopt;
  }
  auto parsed = condition(*text);
  if (!parsed) return std::nullopt;
  check_use(*parsed, node);
  if (items_.failed()) return std::nullopt;
  return Detection(std::move(selections), std::move(*parsed));
}

}  // namespace

std::optional<Detection> read_detection(const YamlNode& node, const FieldScope& scope,
                                        const FileReport& report) {
  return DetectionReader(scope, report).read(node);
}

}  // namespace exotap
