#include "rules/matching/time_part.h"

#include <array>
#include <chrono>
#include <cstddef>

#include "decoders/http_date.h"

namespace exotap {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::int64_t kFirstSecond =
    sys_days(std::chrono::year(1) / 1 / 1).time_since_epoch() / std::chrono::seconds(1);
constexpr std::int64_t kLastSecond =
    (sys_days(std::chrono::year(9999) / 12 / 31) + days(1)).time_since_epoch() /
        std::chrono::seconds(1) -
    1;

constexpr std::array kLimits{TimePartLimits{"minute", 0, 59}, TimePartLimits{"hour", 0, 23},
                             TimePartLimits{"day", 1, 31},    TimePartLimits{"week", 1, 53},
                             TimePartLimits{"month", 1, 12},  TimePartLimits{"year", 1, 9999}};

// A week belongs to the year its Thursday is in.
std::int64_t iso_week(sys_days day) {
  const unsigned weekday = std::chrono::weekday(day).iso_encoding();
  const sys_days thursday = day + days(4) - days(weekday);
  const auto year = std::chrono::year_month_day(thursday).year();
  return (thursday - sys_days(year / 1 / 1)).count() / 7 + 1;
}

}  // namespace

const TimePartLimits& limits_of(TimePart part) {
  return kLimits[static_cast<std::size_t>(part) - 1];
}

std::optional<std::int64_t> part_of(std::int64_t seconds, TimePart part) {
  if (seconds < kFirstSecond || seconds > kLastSecond) return std::nullopt;
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const sys_days day = std::chrono::floor<days>(time);
  const std::int64_t second_of_day = (time - day).count();
  const std::chrono::year_month_day date(day);
  switch (part) {
    case TimePart::none:
      return seconds;
    case TimePart::minute:
      return second_of_day / 60 % 60;
    case TimePart::hour:
      return second_of_day / 3600;
    case TimePart::day:
      return static_cast<unsigned>(date.day());
    case TimePart::week:
      return iso_week(day);
    case TimePart::month:
      return static_cast<unsigned>(date.month());
    case TimePart::year:
      return static_cast<int>(date.year());
  }
  return std::nullopt;
}

std::optional<std::int64_t> part_of(const Fact& fact, bool is_number, TimePart part) {
  if (is_number) return part_of(fact.number, part);
  auto seconds = parse_rfc3339(fact.text);
  if (!seconds) seconds = parse_http_date(fact.text);
  return seconds ? part_of(*seconds, part) : std::nullopt;
}

}  // namespace exotap
