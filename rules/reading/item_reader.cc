#include "rules/reading/item_reader.h"

#include <algorithm>
#include <span>
#include <utility>

#include "rules/matching/item_words.h"
#include "rules/reading/value_transforms.h"

namespace exotap {
namespace {

using Compare = Modifiers::Compare;
using Kind = FactTest::Kind;

Selection test_selection(FactTest test) {
  Selection selection;
  selection.test = std::move(test);
  return selection;
}

// The same test, to be asked of other values.
FactTest without_values(const FactTest& test) {
  FactTest other;
  other.kind = test.kind;
  other.negated = test.negated;
  other.cased = test.cased;
  other.where = test.where;
  other.slots = test.slots;
  other.line = test.line;
  return other;
}

// The values as written, for an item's words.
std::string words_of(const FieldKey& key, std::span<const FactSpec* const> facts,
                     const std::vector<const YamlNode*>& values) {
  std::vector<std::string_view> written;
  for (const YamlNode* value : values) {
    if (!value->is_null()) written.push_back(value->text);
  }
  return item_in_words(key, facts, written);
}

}  // namespace

std::vector<const YamlNode*> listed(const YamlNode& value) {
  std::vector<const YamlNode*> values;
  if (value.is_sequence()) {
    for (const YamlNode& item : value.items) values.push_back(&item);
  } else {
    values.push_back(&value);
  }
  return values;
}

void ItemReader::fail(TextPlace place, std::string what) {
  failed_ = true;
  report_.error(place, std::move(what));
}

void ItemReader::refuse(TextPlace place, std::string what) {
  if (scope_.source == LogSource::exotap) return fail(place, std::move(what));
  failed_ = true;
  report_.unsupported(place, std::move(what));
}

std::optional<std::vector<const FactSpec*>> ItemReader::resolve(std::string_view field,
                                                                TextPlace place) {
  std::string why;
  auto specs = resolve_field(scope_, field, why);
  if (specs) return specs;
  // Logs of others have fields of their own: here they are absent, as cookies are.
  if (scope_.source != LogSource::exotap && !why.ends_with(")")) {
    report_.warning(place, why + "; it counts as absent");
    return std::vector<const FactSpec*>();
  }
  fail(place, why);
  return std::nullopt;
}

std::vector<Slot> ItemReader::slots_of(const std::vector<const FactSpec*>& specs) {
  std::vector<Slot> slots;
  for (const FactSpec* spec : specs) slots.push_back(scope_.slots.add(*spec));
  return slots;
}

std::vector<const FactSpec*> ItemReader::specs_of(const std::vector<Slot>& slots) const {
  std::vector<const FactSpec*> specs;
  for (const Slot slot : slots) specs.push_back(&scope_.slots.spec(slot));
  return specs;
}

Selection ItemReader::keywords(const std::vector<const YamlNode*>& values, Modifiers modifiers,
                               TextPlace place) {
  FactTest test;
  test.kind = modifiers.all ? Kind::every_keyword : Kind::any_keyword;
  test.negated = modifiers.negated;
  test.line = place.line;
  if (modifiers.compare == Compare::equal) modifiers.compare = Compare::contains;
  if (modifiers.compare != Compare::contains && modifiers.compare != Compare::regex) {
    fail(place,
         "keywords take no other modifiers than all, cased, contains, re, expand, windash and "
         "encodings");
    return {};
  }
  const FieldKey key{{}, modifiers};
  test.words = words_of(key, {}, values);
  return read_values(key, FactType::text, values, std::move(test));
}

Selection ItemReader::item(const YamlEntry& entry) {
  std::string why;
  const auto key = parse_field_key(entry.key, why);
  if (!key) {
    fail(entry.place(), "'" + entry.key + "': " + why);
    return {};
  }
  const YamlNode& value = entry.value;
  if (key->modifiers.all && (!value.is_sequence() || value.items.size() < 2)) {
    fail(entry.place(), "'" + entry.key + "': modifier 'all' needs a list of values");
    return {};
  }
  if (key->field.empty()) return keywords(listed(value), key->modifiers, entry.place());
  const auto specs = resolve(key->field, entry.place());
  if (!specs) return {};
  FactTest test;
  test.line = entry.line;
  test.negated = key->modifiers.negated;
  test.cased = key->modifiers.cased;
  test.slots = slots_of(*specs);
  test.words = words_of(*key, *specs, listed(value));
  const FactType type = specs->empty() ? FactType::text : specs->front()->type;
  if (value.is_null()) {
    read_null(*key, entry.place(), test);
  } else if (key->modifiers.compare == Compare::exists) {
    read_exists(value, test);
  } else if (key->modifiers.compare == Compare::same_as_field) {
    return read_fieldref(*key, listed(value), std::move(test));
  } else {
    const bool or_absent = !key->modifiers.all && key->modifiers.compare == Compare::equal &&
                           std::ranges::any_of(value.items, &YamlNode::is_null);
    if (or_absent) {
      return value_or_absent(*key, type, value, std::move(test));
    }
    test.kind = key->modifiers.all ? Kind::every_value : Kind::any_value;
    return read_values(*key, type, listed(value), std::move(test));
  }
  return test_selection(std::move(test));
}

void ItemReader::read_null(const FieldKey& key, TextPlace place, FactTest& test) {
  const Modifiers& how = key.modifiers;
  if (how.compare != Compare::equal || how.transform_count > 0 || how.time_part != TimePart::none) {
    fail(place, "'" + key.field + "': null stands alone, without a comparison");
  }
  test.kind = Kind::absent;
}

void ItemReader::read_exists(const YamlNode& value, FactTest& test) {
  if (!value.is_scalar() || (value.text != "true" && value.text != "false")) {
    fail(value.place(), "modifier 'exists' takes true or false");
    return;
  }
  test.kind = value.text == "true" ? Kind::present : Kind::absent;
}

// With `all`, each of the fields must be found: a test for each.
Selection ItemReader::read_fieldref(const FieldKey& key, const std::vector<const YamlNode*>& values,
                                    FactTest test) {
  test.kind = Kind::same_as;
  test.where = where_of(key.modifiers.referred);
  Selection apart;
  apart.op = test.negated ? Selection::Op::any : Selection::Op::all;
  for (const YamlNode* value : values) {
    if (!value->is_scalar()) {
      fail(value->place(), "modifier 'fieldref' takes the name of a field");
      continue;
    }
    const auto specs = resolve(value->text, value->place());
    if (!specs) continue;
    if (!key.modifiers.all) {
      for (const Slot slot : slots_of(*specs)) test.others.push_back(slot);
      continue;
    }
    FieldKey one = key;
    one.modifiers.all = false;
    FactTest own = without_values(test);
    own.others = slots_of(*specs);
    own.words = words_of(one, specs_of(test.slots), {value});
    apart.parts.push_back(test_selection(std::move(own)));
  }
  if (key.modifiers.all) return apart;
  return test_selection(std::move(test));
}

// The compiled forms of one listed value; none where it is wrong, which is reported.
std::vector<ValueMatch> ItemReader::read_value(const FieldKey& key, FactType type,
                                               const YamlNode& value) {
  static const ValueLists kNoLists;
  std::vector<ValueMatch> matches;
  std::string why = "a value is a word or a number, not a list or a map";
  if (value.is_null()) {
    why = "null among values stands without a comparison";
  } else if (key.modifiers.encodes() && type != FactType::text) {
    why = "windash and encodings are for texts, and this fact is none";
  } else if (value.text.size() > kMaxValueText) {
    why = "a value longer than " + std::to_string(kMaxValueText) + " characters";
  } else if (value.is_scalar()) {
    const ValueLists& lists = scope_.placeholders == nullptr ? kNoLists : *scope_.placeholders;
    const auto forms = forms_of(key.modifiers, value.text, lists, why);
    for (std::size_t i = 0; forms && i < forms->size(); ++i) {
      auto match = ValueMatch::compile(key.modifiers, type, (*forms)[i], why);
      if (!match) break;
      matches.push_back(std::move(*match));
    }
    if (forms && matches.size() == forms->size()) return matches;
  }
  why = (key.field.empty() ? std::string() : "'" + key.field + "': ") + why;
  // RE2 has no look-around and no back references, which the specification leaves out as well.
  key.modifiers.compare == Compare::regex ? refuse(value.place(), why) : fail(value.place(), why);
  return {};
}

// `test` is whole but for its values. Where all listed values are asked for and one has several
// forms, any of which will do, each value becomes a test of its own.
Selection ItemReader::read_values(const FieldKey& key, FactType type,
                                  const std::vector<const YamlNode*>& values, FactTest test) {
  const std::string prefix = key.field.empty() ? std::string() : "'" + key.field + "': ";
  if (values.empty() || values.size() > kMaxValuesPerField) {
    fail(test.line, prefix + (values.empty() ? "a list without values" : "too many values"));
    return {};
  }
  const bool apart = key.modifiers.all && key.modifiers.transform_count > 0;
  FieldKey one = key;
  one.modifiers.all = false;
  const std::vector<const FactSpec*> facts = specs_of(test.slots);
  Selection parts;
  parts.op = test.negated ? Selection::Op::any : Selection::Op::all;
  for (const YamlNode* value : values) {
    auto matches = read_value(key, type, *value);
    if (key.modifiers.transform_count > 0) forms_ += matches.size();
    if (forms_ > kMaxFormsPerDetection) {
      fail(value->place(), prefix + "the values of this detection have more than " +
                               std::to_string(kMaxFormsPerDetection) + " forms");
      return {};
    }
    if (apart) {
      FactTest own = without_values(test);
      own.kind = test.kind == Kind::every_keyword ? Kind::any_keyword : Kind::any_value;
      own.words = words_of(one, facts, {value});
      own.values = std::move(matches);
      parts.parts.push_back(test_selection(std::move(own)));
    } else {
      for (ValueMatch& match : matches) test.values.push_back(std::move(match));
    }
  }
  if (apart) return parts;
  return test_selection(std::move(test));
}

// A list of values with null among them: one of the values, or no fact at all.
Selection ItemReader::value_or_absent(const FieldKey& key, FactType type, const YamlNode& list,
                                      FactTest test) {
  std::vector<const YamlNode*> values = listed(list);
  std::erase_if(values, [](const YamlNode* value) { return value->is_null(); });
  FactTest absent = without_values(test);
  read_null(key, list.place(), absent);
  absent.words = words_of(key, specs_of(test.slots), {});
  if (values.empty()) return test_selection(std::move(absent));
  test.words = words_of(key, specs_of(test.slots), values);
  Selection either;
  either.op = test.negated ? Selection::Op::all : Selection::Op::any;
  either.parts.push_back(test_selection(std::move(absent)));
  either.parts.push_back(read_values(key, type, values, std::move(test)));
  return either;
}

}  // namespace exotap
