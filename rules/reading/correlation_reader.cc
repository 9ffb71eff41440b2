#include "rules/reading/correlation_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "rules/reading/timespan.h"
#include "rules/words/did_you_mean.h"

namespace exotap {
namespace {

using Type = Correlation::Type;

struct TypeName {
  std::string_view name;
  Type type;
};
constexpr std::array kTypes{TypeName{"event_count", Type::event_count},
                            TypeName{"value_count", Type::value_count},
                            TypeName{"temporal", Type::temporal},
                            TypeName{"temporal_ordered", Type::temporal_ordered},
                            TypeName{"value_sum", Type::value_sum},
                            TypeName{"value_avg", Type::value_avg},
                            TypeName{"value_percentile", Type::value_percentile}};
constexpr std::array<std::string_view, 8> kConditionKeys{"gt", "gte", "lt",    "lte",
                                                         "eq", "neq", "field", "percentile"};
constexpr std::array<std::string_view, 7> kKeys{"type",     "rules",     "group-by", "aliases",
                                                "timespan", "condition", "generate"};

// Whether no amount at all can pass. What passes lies between two limits or on one of them, so
// those are tried: each limit, and what is a little to either side of it.
bool contradict(const std::vector<AmountTest>& tests) {
  for (const AmountTest& limit : tests) {
    for (const std::int64_t beside : {-1, 0, 1}) {
      const Amount tried{limit.thousandths * 2 + beside, 2000};
      const auto holds = [&](const AmountTest& test) { return test.holds(tried); };
      if (std::ranges::all_of(tests, holds)) return false;
    }
  }
  return !tests.empty();
}

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
  void fail(TextPlace place, std::string what) {
    failed_ = true;
    report_.error(place, "correlation: " + std::move(what));
  }

  void check_keys();
  void read_type();
  void read_timespan();
  void read_group_by();
  void read_group_field(const YamlNode& field);
  void read_condition();
  void read_bound(const YamlEntry& entry);
  void read_amount_condition(const YamlNode& condition);
  void read_amount_test(const YamlEntry& entry);
  void read_percentile(const YamlNode& condition);
  void read_value_field(const YamlNode& condition);
  void read_value_fields(const YamlNode& fields);
  std::optional<Slot> slot_of(std::string_view field, TextPlace place);

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
      fail(entry.place(),
           "the key '" + entry.key + "' is not known" + did_you_mean(entry.key, kKeys));
    }
  }
}

void CorrelationReader::read_type() {
  const YamlNode* node = body_.find("type");
  if (node == nullptr || !node->is_scalar()) {
    fail(body_.place(), "type is missing");
    return;
  }
  const auto known = std::ranges::find(kTypes, node->text, &TypeName::name);
  if (known == kTypes.end()) {
    std::vector<std::string_view> names;
    for (const TypeName& type : kTypes) names.push_back(type.name);
    fail(node->place(),
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
    fail(node == nullptr ? body_.place() : node->place(),
         "timespan is a number with s, m, h or d, such as 5m, of at most 30d");
  }
}

std::optional<Slot> CorrelationReader::slot_of(std::string_view field, TextPlace place) {
  std::string why;
  const auto specs = resolve_field(scope_, field, why);
  if (specs && !specs->empty()) return scope_.slots.add(*specs->front());
  fail(place, specs ? "'" + std::string(field) + "' is never available" : why);
  return std::nullopt;
}

// A field of group-by: a fact, or an alias that means another fact for each rule.
void CorrelationReader::read_group_field(const YamlNode& field) {
  if (!field.is_scalar()) {
    fail(field.place(), "group-by lists the names of facts");
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
        fail(alias->place(),
             "the alias '" + field.text + "' says nothing of the rule '" + rule + "'");
        return;
      }
      name = own->text;
    }
    const auto slot = slot_of(name, field.place());
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
    fail(node->place(),
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
    fail(entry.place(), "'" + entry.key + "' takes a whole number of at most " +
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
  if (entry.key == "neq") {
    out_.other_than = count;
    return;
  }
  fail(entry.place(),
       "condition '" + entry.key + "' is not supported" + did_you_mean(entry.key, kConditionKeys));
}

void CorrelationReader::read_value_field(const YamlNode& condition) {
  const YamlNode* field = condition.find("field");
  if (out_.type != Type::value_count && !out_.is_of_amounts()) {
    if (field != nullptr) {
      fail(field->place(),
           "condition.field belongs to value_count, value_sum, value_avg and "
           "value_percentile");
    }
    return;
  }
  const std::string type = body_.find("type")->text;
  if (field != nullptr && field->is_sequence() && out_.type == Type::value_count) {
    return read_value_fields(*field);
  }
  if (field == nullptr || !field->is_scalar()) {
    fail(condition.place(), type + " needs condition.field: the fact whose values are counted");
    return;
  }
  const auto slot = slot_of(field->text, field->place());
  if (!slot) return;
  out_.value = *slot;
  if (out_.is_of_amounts() && scope_.slots.spec(*slot).type != FactType::integer) {
    fail(field->place(),
         type + " needs a fact that is a number, and '" + field->text + "' is none");
  }
}

// Several fields: different combinations of them are counted, as the specification's "linked by an
// AND" has it.
void CorrelationReader::read_value_fields(const YamlNode& fields) {
  if (fields.items.empty() || fields.items.size() > Correlation::kMaxGroupFacts) {
    fail(fields.place(),
         "condition.field lists 1 to " + std::to_string(Correlation::kMaxGroupFacts) + " facts");
    return;
  }
  for (const YamlNode& field : fields.items) {
    if (!field.is_scalar()) {
      fail(field.place(), "condition.field lists the names of facts");
      return;
    }
    const auto slot = slot_of(field.text, field.place());
    if (!slot) return;
    &field == &fields.items.front() ? void(out_.value = *slot) : out_.more_values.push_back(*slot);
  }
}

void CorrelationReader::read_amount_test(const YamlEntry& entry) {
  const auto op = find_amount_op(entry.key);
  if (!op) {
    fail(entry.place(), "condition '" + entry.key + "' is not supported" +
                            did_you_mean(entry.key, kConditionKeys));
    return;
  }
  const auto limit = entry.value.is_scalar() ? parse_thousandths(entry.value.text) : std::nullopt;
  if (!limit) {
    fail(entry.place(), "'" + entry.key + "' takes a number of at most " +
                            std::to_string(kMaxAmount) + ", with three digits behind the point");
    return;
  }
  out_.amount_tests.push_back({*op, *limit});
}

// Sigma's text names no key for the percentage; `percentile` is what its reference converter reads.
void CorrelationReader::read_percentile(const YamlNode& condition) {
  const YamlNode* node = condition.find("percentile");
  if (out_.type != Type::value_percentile) {
    if (node != nullptr) fail(node->place(), "condition.percentile belongs to value_percentile");
    return;
  }
  if (node == nullptr) {
    fail(condition.place(),
         "value_percentile needs condition.percentile, such as 95 (50: the median)");
    return;
  }
  const std::string& text = node->text;
  unsigned percent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  if (!node->is_scalar() || error != std::errc() || end != text.data() + text.size() ||
      percent > 100) {
    fail(node->place(), "percentile takes a whole number from 0 to 100");
    return;
  }
  out_.percentile = percent;
}

// A sum grows while events come, so it waits for something as a count does. An average and a
// percentile are true of what there is: "at most" alone has a meaning.
void CorrelationReader::read_amount_condition(const YamlNode& condition) {
  for (const YamlEntry& entry : condition.entries) {
    if (entry.key != "field" && entry.key != "percentile") read_amount_test(entry);
  }
  read_value_field(condition);
  if (failed_) return;
  const auto waits = [](const AmountTest& test) {
    return test.op == AmountTest::Op::greater || test.op == AmountTest::Op::greater_equal ||
           test.op == AmountTest::Op::equal;
  };
  if (out_.amount_tests.empty()) {
    fail(condition.place(), "condition needs gt, gte, lt, lte, eq or neq");
  } else if (contradict(out_.amount_tests)) {
    fail(condition.place(), "condition can never be true");
  }
  out_.only_whole_windows =
      out_.type == Type::value_sum && std::ranges::none_of(out_.amount_tests, waits);
}

// Counting goes on while events come. "Fewer than" alone would be true before anything has
// happened, so it is asked only of windows that were seen whole.
void CorrelationReader::read_condition() {
  const YamlNode* node = body_.find("condition");
  const bool temporal = out_.type == Type::temporal || out_.type == Type::temporal_ordered;
  if (temporal) out_.at_least = out_.rule_count;
  if (node == nullptr && temporal) return;
  if (node == nullptr || !node->is_map()) {
    fail(body_.place(), "condition is missing, such as gte: 3");
    return;
  }
  if (out_.type == Type::temporal) out_.at_least = 1;
  read_percentile(*node);
  if (out_.is_of_amounts()) return read_amount_condition(*node);
  for (const YamlEntry& entry : node->entries) {
    if (entry.key != "field" && entry.key != "percentile") read_bound(entry);
  }
  read_value_field(*node);
  const bool has_bound = out_.at_most != Correlation::kNoLimit || out_.other_than;
  if (!has_lower_bound_ && !has_bound && !failed_) {
    fail(node->place(), "condition needs gt, gte, lt, lte, eq or neq");
  }
  out_.only_whole_windows = !has_lower_bound_;
  if (out_.at_least > out_.at_most ||
      (out_.at_least == out_.at_most && out_.other_than == out_.at_least)) {
    fail(node->place(), "condition can never be true");
  }
}

}  // namespace

std::optional<CorrelationText> read_correlation_rules(const YamlNode& body,
                                                      const FileReport& report) {
  CorrelationText out;
  out.body = &body;
  const YamlNode* rules = body.is_map() ? body.find("rules") : nullptr;
  if (rules != nullptr && rules->is_scalar()) out.rules.push_back(rules->text);
  if (rules != nullptr) {
    out.rules_place = rules->place();
    for (const YamlNode& rule : rules->items) out.rules.push_back(rule.text);
  }
  if (out.rules.empty() || out.rules.size() > Correlation::kMaxRules) {
    report.error(body.place(), "correlation: rules lists the names or ids of at most " +
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
