#include "capture/story_fields.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

namespace exotap::story {
namespace {

constexpr double kDaySeconds = 86400;
constexpr double kYearSeconds = 366 * kDaySeconds;

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

// Digits only, the whole text.
std::optional<std::uint64_t> digits(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// A number without sign or exponent: people write neither into a story.
std::optional<double> decimal(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos) {
    return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Nanoseconds seconds(double value) {
  return Nanoseconds(static_cast<std::int64_t>(std::llround(value * 1e9)));
}

// Seconds of the day from "08:00:00", nullopt where it is none.
std::optional<std::int64_t> clock_time(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = digits(text.substr(0, 2));
  const auto minute = digits(text.substr(3, 2));
  const auto second = digits(text.substr(6, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*hour * 3600 + *minute * 60 + *second);
}

// Seconds since 1970 of the midnight that begins "2026-03-02".
std::optional<std::int64_t> date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 1950) return std::nullopt;
  const std::chrono::year_month_day when{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!when.ok()) return std::nullopt;
  return std::chrono::sys_days(when).time_since_epoch() / std::chrono::seconds(1);
}

}  // namespace

void fail(const YAML::Node& at, const std::string& what) {
  const YAML::Mark mark = at.IsDefined() ? at.Mark() : YAML::Mark::null_mark();
  throw Mistake{mark.is_null() ? 1 : mark.line + 1, what};
}

Fields::Fields(const YAML::Node& node, std::string_view what,
               std::span<const std::string_view> known)
    : node_(node) {
  if (!node.IsMap()) fail(node, std::string(what) + " is no mapping (write KEY: VALUE lines)");
  std::vector<std::string> seen;
  for (const auto& entry : node) {
    const std::string key = scalar(entry.first);
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      fail(entry.first, "'" + key + "' is no key of " + std::string(what) + " (known are " +
                            joined(known) + ")");
    }
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
      fail(entry.first, "'" + key + "' is there twice (keep one)");
    }
    seen.push_back(key);
  }
}

YAML::Node Fields::child(std::string_view key) const { return node_[std::string(key)]; }

bool Fields::has(std::string_view key) const { return child(key).IsDefined(); }

std::string Fields::scalar(const YAML::Node& node) {
  if (node.IsNull()) return {};
  if (!node.IsScalar()) fail(node, "this is no single value (write one text)");
  return node.Scalar();
}

std::string Fields::text(std::string_view key, std::string_view otherwise) const {
  return has(key) ? scalar(child(key)) : std::string(otherwise);
}

bool Fields::yes(std::string_view key, bool otherwise) const {
  static constexpr Word<bool> kWords[] = {{"true", true}, {"false", false}};
  return word(key, std::span<const Word<bool>>(kWords), otherwise);
}

std::uint64_t Fields::number(std::string_view key, std::uint64_t otherwise,
                             std::uint64_t most) const {
  if (!has(key)) return otherwise;
  const auto value = digits(scalar(child(key)));
  if (!value || *value > most) {
    fail(child(key), "'" + std::string(key) + "' is no whole number up to " + std::to_string(most) +
                         " (write digits only)");
  }
  return *value;
}

std::vector<std::string> Fields::texts(std::string_view key) const {
  const YAML::Node list = child(key);
  std::vector<std::string> found;
  const std::size_t size = list_size(list, kMaxListItems);
  for (std::size_t i = 0; i < size; ++i) found.push_back(scalar(list[i]));
  return found;
}

std::size_t list_size(const YAML::Node& node, std::size_t most) {
  if (!node.IsDefined() || node.IsNull()) return 0;
  if (!node.IsSequence()) fail(node, "this is no list (write - ITEM lines, or [ITEM, ITEM])");
  if (node.size() > most) {
    fail(node, "more than " + std::to_string(most) + " items (make it shorter)");
  }
  return node.size();
}

std::int64_t read_time(const YAML::Node& node) {
  const std::string text = Fields::scalar(node);
  const std::string_view view = text;
  const auto day = date(view.substr(0, std::min<std::size_t>(view.size(), 10)));
  if (day && view.size() == 10) return *day;
  if (day && view.size() == 20 && view[10] == 'T' && view[19] == 'Z') {
    if (const auto time = clock_time(view.substr(11, 8))) return *day + *time;
  }
  fail(node, "'" + text + "' is no time (write 2026-03-02 or 2026-03-02T08:00:00Z)");
}

Nanoseconds read_duration(const YAML::Node& node) {
  const std::string text = Fields::scalar(node);
  std::string_view number = text;
  double unit = 0;
  if (number.ends_with("ms")) {
    unit = 1e-3;
    number.remove_suffix(2);
  } else if (number.ends_with("s")) {
    unit = 1;
    number.remove_suffix(1);
  }
  const auto value = decimal(number);
  if (unit == 0 || !value || *value * unit > kDaySeconds) {
    fail(node, "'" + text + "' is no duration up to a day (write 12ms or 1.5s)");
  }
  return seconds(*value * unit);
}

Nanoseconds read_offset(const YAML::Node& node) {
  const std::string text = Fields::scalar(node);
  const auto value = decimal(text);
  if (!value || *value > kYearSeconds) {
    fail(node, "'" + text + "' is no offset up to a year (write seconds, as in 1.5)");
  }
  return seconds(*value);
}

}  // namespace exotap::story
