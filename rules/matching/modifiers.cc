#include "rules/matching/modifiers.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "rules/words/did_you_mean.h"

namespace exotap {
namespace {

using Compare = Modifiers::Compare;

struct CompareName {
  std::string_view name;
  Compare compare;
};
constexpr std::array kCompares{
    CompareName{"contains", Compare::contains},      CompareName{"startswith", Compare::starts},
    CompareName{"endswith", Compare::ends},          CompareName{"re", Compare::regex},
    CompareName{"exists", Compare::exists},          CompareName{"lt", Compare::less},
    CompareName{"lte", Compare::less_equal},         CompareName{"gt", Compare::greater},
    CompareName{"gte", Compare::greater_equal},      CompareName{"cidr", Compare::network},
    CompareName{"fieldref", Compare::same_as_field},
};

struct FlagName {
  std::string_view name;
  bool Modifiers::*flag;
};
constexpr std::array kFlags{
    FlagName{"all", &Modifiers::all},
    FlagName{"cased", &Modifiers::cased},
    FlagName{"neq", &Modifiers::negated},
    FlagName{"i", &Modifiers::regex_ignore_case},
    FlagName{"m", &Modifiers::regex_multi_line},
    FlagName{"s", &Modifiers::regex_dot_all},
};

struct TransformName {
  std::string_view name;
  Transform transform;
};
constexpr std::array kTransforms{TransformName{"expand", Transform::expand},
                                 TransformName{"windash", Transform::windash},
                                 TransformName{"utf16le", Transform::utf16le},
                                 TransformName{"wide", Transform::utf16le},
                                 TransformName{"utf16be", Transform::utf16be},
                                 TransformName{"utf16", Transform::utf16},
                                 TransformName{"base64", Transform::base64},
                                 TransformName{"base64offset", Transform::base64offset}};

struct TimePartName {
  std::string_view name;
  TimePart part;
};
constexpr std::array kTimeParts{
    TimePartName{"minute", TimePart::minute}, TimePartName{"hour", TimePart::hour},
    TimePartName{"day", TimePart::day},       TimePartName{"week", TimePart::week},
    TimePartName{"month", TimePart::month},   TimePartName{"year", TimePart::year}};

bool is_utf16(Transform t) {
  return t == Transform::utf16le || t == Transform::utf16be || t == Transform::utf16;
}
bool is_base64(Transform t) { return t == Transform::base64 || t == Transform::base64offset; }

std::string unknown(std::string_view name) {
  std::vector<std::string_view> names;
  const auto add = [&](const auto& table) {
    for (const auto& entry : table) names.push_back(entry.name);
  };
  add(kCompares);
  add(kFlags);
  add(kTransforms);
  add(kTimeParts);
  return "modifier '" + std::string(name) + "' is not known" + did_you_mean(name, names);
}

// Why the transform cannot stand where it does; empty where it can.
std::string misplaced(Transform next, const Modifiers& m) {
  const auto chain = m.chain();
  if (chain.size() == Modifiers::kMaxTransforms) {
    return "cannot follow " + std::to_string(Modifiers::kMaxTransforms) + " others of its kind";
  }
  if (is_base64(next) && m.compare != Compare::equal) {
    return "stands before the comparison, as in base64offset|contains";
  }
  if (next == Transform::expand || next == Transform::windash) {
    if (m.has(next)) return "is given twice";
    if (std::ranges::any_of(chain, is_utf16) || std::ranges::any_of(chain, is_base64)) {
      return "reads the text as written, so it stands before an encoding";
    }
  }
  if (is_utf16(next) && std::ranges::any_of(chain, is_utf16)) {
    return "cannot follow another UTF-16 encoding";
  }
  if (is_base64(next) && m.has(Transform::base64offset)) {
    return "cannot follow base64offset, which leaves parts of an encoded text";
  }
  return {};
}

bool finds_a_part(Compare compare) {
  return compare == Compare::contains || compare == Compare::starts || compare == Compare::ends;
}

// fieldref may stand before or behind contains, startswith or endswith: the other field's value is
// then a part.
bool refers(Compare next, Modifiers& modifiers) {
  if (next == Compare::same_as_field && finds_a_part(modifiers.compare)) {
    modifiers.referred = std::exchange(modifiers.compare, next);
    return true;
  }
  const bool behind = modifiers.compare == Compare::same_as_field &&
                      modifiers.referred == Compare::equal && finds_a_part(next);
  if (behind) modifiers.referred = next;
  return behind;
}

bool apply(std::string_view name, Modifiers& modifiers, std::string& why) {
  if (const auto flag = std::ranges::find(kFlags, name, &FlagName::name); flag != kFlags.end()) {
    modifiers.*flag->flag = true;
    return true;
  }
  const auto transform = std::ranges::find(kTransforms, name, &TransformName::name);
  if (transform != kTransforms.end()) {
    why = misplaced(transform->transform, modifiers);
    if (!why.empty()) {
      why = "modifier '" + std::string(name) + "' " + why;
      return false;
    }
    modifiers.transforms[modifiers.transform_count++] = transform->transform;
    return true;
  }
  const auto part = std::ranges::find(kTimeParts, name, &TimePartName::name);
  if (part != kTimeParts.end()) {
    if (modifiers.time_part != TimePart::none || modifiers.compare != Compare::equal) {
      why = "modifier '" + std::string(name) + "' stands first and alone, as in hour|gte";
      return false;
    }
    modifiers.time_part = part->part;
    return true;
  }
  const auto compare = std::ranges::find(kCompares, name, &CompareName::name);
  if (compare == kCompares.end()) {
    why = unknown(name);
    return false;
  }
  if (refers(compare->compare, modifiers)) return true;
  if (modifiers.compare != Compare::equal) {
    why = "modifier '" + std::string(name) + "' cannot follow another comparison";
    return false;
  }
  modifiers.compare = compare->compare;
  return true;
}

bool compares_texts(Compare compare) {
  return compare == Compare::equal || compare == Compare::contains || compare == Compare::starts ||
         compare == Compare::ends;
}

std::string transform_contradiction(const Modifiers& m, bool has_field) {
  if (m.encodes() && (!compares_texts(m.compare) || m.time_part != TimePart::none)) {
    return "windash and encodings are for texts and make no sense with this comparison";
  }
  if (m.has(Transform::expand) &&
      (m.compare == Compare::exists || m.compare == Compare::same_as_field)) {
    return "modifier 'expand' makes no sense with this comparison";
  }
  if (m.has(Transform::base64offset) && m.compare == Compare::equal && has_field) {
    return "modifier 'base64offset' finds a part of a text: write base64offset|contains";
  }
  return {};
}

// Combinations that would be read one way by us and another by someone else.
std::string contradiction(const Modifiers& m, bool has_field) {
  const bool regex_flag = m.regex_ignore_case || m.regex_multi_line || m.regex_dot_all;
  if (regex_flag && m.compare != Compare::regex) return "modifiers i, m and s belong to 're'";
  if (m.cased && m.regex_ignore_case) return "modifiers 'cased' and 'i' contradict each other";
  const bool timed = m.time_part != TimePart::none;
  if (timed && !has_field) return "the part of a time is that of a field";
  if (timed && m.compare != Compare::equal && !m.is_range()) {
    return "the part of a time is a number: lt, lte, gt, gte and neq compare it";
  }
  if (m.all && (timed || m.is_range() || m.compare == Compare::exists)) {
    return "modifier 'all' makes no sense with this comparison";
  }
  if (m.cased &&
      (timed || m.is_range() || m.compare == Compare::exists || m.compare == Compare::network)) {
    return "modifier 'cased' makes no sense with this comparison";
  }
  return transform_contradiction(m, has_field);
}

}  // namespace

bool Modifiers::has(Transform transform) const {
  return std::ranges::find(chain(), transform) != chain().end();
}

bool Modifiers::encodes() const {
  return std::ranges::any_of(chain(), [](Transform t) { return t != Transform::expand; });
}

std::optional<FieldKey> parse_field_key(std::string_view key, std::string& why) {
  FieldKey parsed;
  std::size_t bar = key.find('|');
  parsed.field = std::string(key.substr(0, bar));
  while (bar != std::string_view::npos) {
    key.remove_prefix(bar + 1);
    bar = key.find('|');
    if (!apply(key.substr(0, bar), parsed.modifiers, why)) return std::nullopt;
  }
  why = contradiction(parsed.modifiers, !parsed.field.empty());
  if (!why.empty()) return std::nullopt;
  return parsed;
}

}  // namespace exotap
