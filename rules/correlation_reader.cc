#include "rules/correlation_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "rules/did_you_mean.h"
#include "rules/timespan.h"

namespace exotap {
namespace {

using Type = Correlation::Type;

struct TypeName {
  std::string_view name;
  Type type;
};
constexpr std::array kTypes{
    TypeName{"event_count", Type::event_count}, TypeName{"value_count", Type::value_count},
    TypeName{"temporal", Type::temporal}, TypeName{"temporal_ordered", Type::temporal_ordered}};
constexpr std::array<std::string_view, 7> kKeys{"type",     "rules",     "group-by", "aliases",
                                                "timespan", "condition", "generate"};

class CorrelationReader {
 public:
  CorrelationReader(const CorrelationText& text, const FieldScope& scope, const FileReport& report)
      : text_(text), body_(*text.body), scope_(scope), report_(report) {}

  std::optional<Correlation> read() {
    out_.rule_count = text_.rules.size();
    check_keys();
    read_type();
    read_timespan();
    read_group_by();
    read_condition();
    if (failed_) return std::nullopt;
    return std::move(out_);
  }

 private:
  void fail(int line, std::string what) {
    failed_ = true;
    report_.error(line, "correlation: " + std::move(what));
  }

  void check_keys();
  void read_type();
  void read_timespan();
  void read_group_by();
  void read_group_field(const YamlNode& field);
  void read_condition();
  void read_bound(const YamlEntry& entry);
  void read_value_field(const YamlNode& condition);
  std::optional<Slot> slot_of(std::string_view field, int line);

  const CorrelationText& text_;
  const YamlNode& body_;
  const FieldScope& scope_;
  const FileReport& report_;
  Correlation out_;
  bool has_lower_bound_ = false;
  bool failed_ = false;
};

void CorrelationReader::check_keys() {
  for (const YamlEntry& entry : body_.entries) {
    if (std::ranges::find(kKeys, entry.key) == kKeys.end()) {
      fail(entry.line, "the key '" + entry.key + "' is not known" + did_you_mean(entry.key, kKeys));
    }
  }
}

void CorrelationReader::read_type() {
  const YamlNode* node = body_.find("type");
  if (node == nullptr || !node->is_scalar()) {
    fail(body_.line, "type is missing");
    return;
  }
  const auto known = std::ranges::find(kTypes, node->text, &TypeName::name);
  if (known == kTypes.end()) {
    std::vector<std::string_view> names;
    for (const TypeName& type : kTypes) names.push_back(type.name);
    fail(node->line,
         "type '" + node->text + "' is not supported" + did_you_mean(node->text, names));
    return;
  }
  out_.type = known->type;
}

void CorrelationReader::read_timespan() {
  const YamlNode* node = body_.find("timespan");
  const auto span = node == nullptr ? std::nullopt : parse_timespan(node->text);
  if (span) {
    out_.timespan = *span;
  } else {
    fail(node == nullptr ? body_.line : node->line,
         "timespan is a number with s, m, h or d, such as 5m, of at most 30d");
  }
}

std::optional<Slot> CorrelationReader::slot_of(std::string_view field, int line) {
  std::string why;
  const auto specs = resolve_field(scope_, field, why);
  if (specs && !specs->empty()) return scope_.slots.add(*specs->front());
  fail(line, specs ? "'" + std::string(field) + "' is never available" : why);
  return std::nullopt;
}

// A field of group-by: a fact, or an alias that means another fact for each rule.
void CorrelationReader::read_group_field(const YamlNode& field) {
  if (!field.is_scalar()) {
    fail(field.line, "group-by lists the names of facts");
    return;
  }
  const YamlNode* aliases = body_.find("aliases");
  const YamlNode* alias = aliases == nullptr ? nullptr : aliases->find(field.text);
  Correlation::FactByRule slots;
  for (const std::string& rule : text_.rules) {
    std::string_view name = field.text;
    if (alias != nullptr) {
      const YamlNode* own = alias->find(rule);
      if (own == nullptr || !own->is_scalar()) {
        fail(alias->line, "the alias '" + field.text + "' says nothing of the rule '" + rule + "'");
        return;
      }
      name = own->text;
    }
    const auto slot = slot_of(name, field.line);
    if (!slot) return;
    slots.push_back(*slot);
  }
  out_.group_by.push_back(std::move(slots));
}

void CorrelationReader::read_group_by() {
  const YamlNode* node = body_.find("group-by");
  if (node == nullptr) return;
  if (node->is_scalar()) return read_group_field(*node);
  if (!node->is_sequence() || node->items.size() > Correlation::kMaxGroupFacts) {
    fail(node->line,
         "group-by lists at most " + std::to_string(Correlation::kMaxGroupFacts) + " facts");
    return;
  }
  for (const YamlNode& field : node->items) read_group_field(field);
}

void CorrelationReader::read_bound(const YamlEntry& entry) {
  const std::string& text = entry.value.text;
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (!entry.value.is_scalar() || error != std::errc() || end != text.data() + text.size() ||
      count > Correlation::kMaxCount) {
    fail(entry.line, "'" + entry.key + "' takes a whole number of at most " +
                         std::to_string(Correlation::kMaxCount));
    return;
  }
  const auto raise = [&](std::size_t least) {
    out_.at_least = std::max(out_.at_least, least);
    has_lower_bound_ = true;
  };
  const auto lower_to = [&](std::size_t most) { out_.at_most = std::min(out_.at_most, most); };
  if (entry.key == "gte") return raise(count);
  if (entry.key == "gt") return raise(count + 1);
  if (entry.key == "lte") return lower_to(count);
  if (entry.key == "lt") return lower_to(count == 0 ? 0 : count - 1);
  if (entry.key == "eq") {
    raise(count);
    return lower_to(count);
  }
  constexpr std::array<std::string_view, 6> kBounds{"gt", "gte", "lt", "lte", "eq", "field"};
  fail(entry.line,
       "condition '" + entry.key + "' is not supported" + did_you_mean(entry.key, kBounds));
}

void CorrelationReader::read_value_field(const YamlNode& condition) {
  const YamlNode* field = condition.find("field");
  if (out_.type != Type::value_count) {
    if (field != nullptr) fail(field->line, "condition.field belongs to value_count");
    return;
  }
  if (field == nullptr || !field->is_scalar()) {
    fail(condition.line, "value_count needs condition.field: the fact whose values are counted");
    return;
  }
  if (const auto slot = slot_of(field->text, field->line)) out_.value = *slot;
}

// Counting goes on while events come, so a condition must say what to wait for: "fewer than" is
// true before anything has happened.
void CorrelationReader::read_condition() {
  const YamlNode* node = body_.find("condition");
  const bool temporal = out_.type == Type::temporal || out_.type == Type::temporal_ordered;
  if (temporal) out_.at_least = out_.rule_count;
  if (node == nullptr && temporal) return;
  if (node == nullptr || !node->is_map()) {
    fail(body_.line, "condition is missing, such as gte: 3");
    return;
  }
  if (out_.type == Type::temporal) out_.at_least = 1;
  for (const YamlEntry& entry : node->entries) {
    if (entry.key != "field") read_bound(entry);
  }
  read_value_field(*node);
  if (!has_lower_bound_ && !failed_) fail(node->line, "condition needs gt, gte or eq");
  if (out_.at_least > out_.at_most) fail(node->line, "condition can never be true");
}

}  // namespace

std::optional<CorrelationText> read_correlation_rules(const YamlNode& body,
                                                      const FileReport& report) {
  CorrelationText out;
  out.body = &body;
  const YamlNode* rules = body.is_map() ? body.find("rules") : nullptr;
  if (rules != nullptr && rules->is_scalar()) out.rules.push_back(rules->text);
  if (rules != nullptr) {
    out.rules_line = rules->line;
    for (const YamlNode& rule : rules->items) out.rules.push_back(rule.text);
  }
  if (out.rules.empty() || out.rules.size() > Correlation::kMaxRules) {
    report.error(body.line, "correlation: rules lists the names or ids of at most " +
                                std::to_string(Correlation::kMaxRules) + " rules");
    return std::nullopt;
  }
  return out;
}

std::optional<Correlation> read_correlation(const CorrelationText& text, const FieldScope& scope,
                                            const FileReport& report) {
  return CorrelationReader(text, scope, report).read();
}

}  // namespace exotap
