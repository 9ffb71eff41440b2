#include "rules/matching/value_match.h"

#include <re2/re2.h>

#include <charconv>
#include <limits>
#include <utility>

#include "rules/matching/time_part.h"
#include "rules/words/letter_case.h"

namespace exotap {
namespace {

using Compare = Modifiers::Compare;

// Room for RE2's automata; a regex that needs more is refused at load.
constexpr std::int64_t kRegexMemory = 1 << 20;

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// A number of a rule: the largest whole number that it is not below, and whether it is more.
struct Decimal {
  std::int64_t floor = 0;
  bool has_fraction = false;
};

// "5", "-3", "2.50"; nullopt for anything else, and for what 64 bits do not hold.
std::optional<Decimal> parse_decimal(std::string_view text) {
  const std::size_t point = text.find('.');
  const auto whole = parse_integer(text.substr(0, point));
  if (!whole) return std::nullopt;
  if (point == std::string_view::npos) return Decimal{*whole, false};
  const std::string_view digits = text.substr(point + 1);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  const bool has_fraction = digits.find_first_not_of('0') != std::string_view::npos;
  const bool below_zero = text.starts_with('-') && has_fraction;
  if (below_zero && *whole == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return Decimal{below_zero ? *whole - 1 : *whole, has_fraction};
}

std::string quoted(std::string_view value) { return "'" + std::string(value) + "'"; }

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

}  // namespace

Pattern::Where where_of(Compare compare) {
  switch (compare) {
    case Compare::contains:
      return Pattern::Where::anywhere;
    case Compare::starts:
      return Pattern::Where::start;
    case Compare::ends:
      return Pattern::Where::end;
    default:
      return Pattern::Where::whole;
  }
}

ValueMatch::ValueMatch(How how) : how_(std::move(how)) {}
ValueMatch::ValueMatch(ValueMatch&&) noexcept = default;
ValueMatch& ValueMatch::operator=(ValueMatch&&) noexcept = default;
ValueMatch::~ValueMatch() = default;

// Facts are whole numbers, so a decimal limit lies between two of them: below 2.5 is at most 2.
std::optional<ValueMatch::Range> ValueMatch::range_of(Compare compare, std::string_view value,
                                                      std::string& why) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const auto limit = parse_decimal(value);
  const bool by_range = compare >= Compare::less && compare <= Compare::greater_equal;
  if (!limit || (limit->has_fraction && !by_range)) {
    why = quoted(value) + (by_range ? " is no number" : " is no whole number");
    return std::nullopt;
  }
  const std::int64_t floor = limit->floor;
  const bool between = limit->has_fraction;
  // Nothing is below the least or above the most number: an empty range.
  switch (compare) {
    case Compare::less:
      if (between) return Range{kLeast, floor};
      return floor == kLeast ? Range{1, 0} : Range{kLeast, floor - 1};
    case Compare::less_equal:
      return Range{kLeast, floor};
    case Compare::greater_equal:
      if (!between) return Range{floor, kMost};
      [[fallthrough]];
    case Compare::greater:
      return floor == kMost ? Range{1, 0} : Range{floor + 1, kMost};
    default:
      return Range{floor, floor};
  }
}

std::optional<ValueMatch> ValueMatch::compile_time(const Modifiers& modifiers, FactType type,
                                                   std::string_view value, std::string& why) {
  if (type == FactType::boolean) {
    why = "this fact is true or false, and no time";
    return std::nullopt;
  }
  const TimePartLimits& limits = limits_of(modifiers.time_part);
  const auto number = parse_integer(value);
  if (!number || *number < limits.lowest || *number > limits.highest) {
    why = quoted(value) + " is no " + std::string(limits.name) + ": it is a whole number from " +
          std::to_string(limits.lowest) + " to " + std::to_string(limits.highest);
    return std::nullopt;
  }
  const auto range = range_of(modifiers.compare, value, why);
  if (!range) return std::nullopt;
  return ValueMatch(TimeRange{modifiers.time_part, type == FactType::integer, *range});
}

std::optional<ValueMatch> ValueMatch::compile_regex(const Modifiers& modifiers,
                                                    std::string_view value, std::string& why) {
  if (value.size() > kMaxRegexText) {
    why = "a regular expression longer than " + std::to_string(kMaxRegexText) + " characters";
    return std::nullopt;
  }
  std::string flags;
  if (modifiers.regex_ignore_case) flags += 'i';
  if (modifiers.regex_multi_line) flags += 'm';
  if (modifiers.regex_dot_all) flags += 's';
  std::string text = flags.empty() ? std::string() : "(?" + flags + ")";
  text += value;
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kRegexMemory);
  auto regex = std::make_unique<RE2>(text, options);
  if (!regex->ok()) {
    why = "bad regular expression " + quoted(value) + ": " + regex->error();
    return std::nullopt;
  }
  return ValueMatch(How(std::move(regex)));
}

std::optional<ValueMatch> ValueMatch::compile(const Modifiers& modifiers, FactType type,
                                              std::string_view value, std::string& why) {
  if (value.size() > kMaxValueText) {
    why = "a value longer than " + std::to_string(kMaxValueText) + " characters";
    return std::nullopt;
  }
  const Compare compare = modifiers.compare;
  if (modifiers.time_part != TimePart::none) return compile_time(modifiers, type, value, why);
  if (compare == Compare::regex) return compile_regex(modifiers, value, why);
  if (compare == Compare::network) {
    const auto network = Network::parse(value);
    if (!network) why = quoted(value) + " is no IP network such as 10.0.0.0/8";
    return network ? std::optional(ValueMatch(*network)) : std::nullopt;
  }
  if (modifiers.is_range() && type != FactType::integer) {
    why = "lt, lte, gt and gte compare numbers, and this fact is no number";
    return std::nullopt;
  }
  if (type == FactType::boolean && compare == Compare::equal) {
    if (same_but_for_case(value, "true")) return ValueMatch(Range{1, 1});
    if (same_but_for_case(value, "false")) return ValueMatch(Range{0, 0});
    why = quoted(value) + " is neither true nor false, as this fact is";
    return std::nullopt;
  }
  if (modifiers.is_range() ||
      (type == FactType::integer && compare == Compare::equal && !has_wildcard(value))) {
    const auto range = range_of(compare, value, why);
    return range ? std::optional(ValueMatch(*range)) : std::nullopt;
  }
  if (value.empty() && compare != Compare::equal) {
    why = "an empty value is found in everything";
    return std::nullopt;
  }
  return ValueMatch(Pattern(value, where_of(compare), modifiers.cased));
}

bool ValueMatch::matches(const Fact& fact) const {
  if (const auto* range = std::get_if<Range>(&how_)) {
    return fact.number >= range->lowest && fact.number <= range->highest;
  }
  if (const auto* pattern = std::get_if<Pattern>(&how_)) return pattern->matches(fact.text);
  if (const auto* time = std::get_if<TimeRange>(&how_)) {
    const auto part = part_of(fact, time->is_number, time->part);
    return part && *part >= time->range.lowest && *part <= time->range.highest;
  }
  if (const auto* network = std::get_if<Network>(&how_)) return network->contains(fact.text);
  const RE2& regex = *std::get<std::unique_ptr<RE2>>(how_);
  return RE2::PartialMatch(re2::StringPiece(fact.text.data(), fact.text.size()), regex);
}

std::optional<std::int64_t> ValueMatch::only_number() const {
  const auto* range = std::get_if<Range>(&how_);
  if (range == nullptr || range->lowest != range->highest) return std::nullopt;
  return range->lowest;
}

std::optional<std::string> ValueMatch::only_text() const {
  const auto* pattern = std::get_if<Pattern>(&how_);
  if (pattern == nullptr || !pattern->is_literal()) return std::nullopt;
  return pattern->needed_part();
}

std::string ValueMatch::needed_part() const {
  const auto* pattern = std::get_if<Pattern>(&how_);
  return pattern == nullptr ? std::string() : pattern->needed_part();
}

int ValueMatch::cost() const {
  if (std::holds_alternative<Range>(how_)) return 1;
  if (const auto* pattern = std::get_if<Pattern>(&how_)) return pattern->cost();
  const bool is_parsed =
      std::holds_alternative<Network>(how_) || std::holds_alternative<TimeRange>(how_);
  return is_parsed ? 10 : 100;
}

}  // namespace exotap
