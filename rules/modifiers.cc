#include "rules/modifiers.h"

#include <algorithm>
#include <array>

#include "rules/did_you_mean.h"

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

// Sigma has them; what they are for (command lines, encoded payloads, dates) is nothing of ours.
constexpr std::array<std::string_view, 14> kUnsupported{
    "windash", "base64", "base64offset", "utf16", "utf16le", "utf16be", "wide",
    "expand",  "minute", "hour",         "day",   "week",    "month",   "year"};

std::string unknown(std::string_view name) {
  std::array<std::string_view, kCompares.size() + kFlags.size()> names;
  auto next = std::ranges::transform(kCompares, names.begin(), &CompareName::name).out;
  std::ranges::transform(kFlags, next, &FlagName::name);
  return "modifier '" + std::string(name) + "' is not known" + did_you_mean(name, names);
}

bool apply(std::string_view name, Modifiers& modifiers, std::string& why) {
  if (const auto flag = std::ranges::find(kFlags, name, &FlagName::name); flag != kFlags.end()) {
    modifiers.*flag->flag = true;
    return true;
  }
  if (std::ranges::find(kUnsupported, name) != kUnsupported.end()) {
    why = "modifier '" + std::string(name) + "' of Sigma is not supported by exotap";
    return false;
  }
  const auto compare = std::ranges::find(kCompares, name, &CompareName::name);
  if (compare == kCompares.end()) {
    why = unknown(name);
    return false;
  }
  if (modifiers.compare != Compare::equal) {
    why = "modifier '" + std::string(name) + "' cannot follow another comparison";
    return false;
  }
  modifiers.compare = compare->compare;
  return true;
}

// Combinations that would be read one way by us and another by someone else.
std::string contradiction(const Modifiers& m) {
  const bool regex_flag = m.regex_ignore_case || m.regex_multi_line || m.regex_dot_all;
  if (regex_flag && m.compare != Compare::regex) return "modifiers i, m and s belong to 're'";
  if (m.cased && m.regex_ignore_case) return "modifiers 'cased' and 'i' contradict each other";
  if (m.all && (m.is_range() || m.compare == Compare::exists)) {
    return "modifier 'all' makes no sense with this comparison";
  }
  if (m.cased && (m.is_range() || m.compare == Compare::exists || m.compare == Compare::network)) {
    return "modifier 'cased' makes no sense with this comparison";
  }
  return {};
}

}  // namespace

std::optional<FieldKey> parse_field_key(std::string_view key, std::string& why) {
  FieldKey parsed;
  std::size_t bar = key.find('|');
  parsed.field = std::string(key.substr(0, bar));
  while (bar != std::string_view::npos) {
    key.remove_prefix(bar + 1);
    bar = key.find('|');
    if (!apply(key.substr(0, bar), parsed.modifiers, why)) return std::nullopt;
  }
  why = contradiction(parsed.modifiers);
  if (!why.empty()) return std::nullopt;
  return parsed;
}

}  // namespace exotap
