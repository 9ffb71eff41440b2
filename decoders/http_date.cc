#include "decoders/http_date.h"

#include <chrono>

#include "decoders/ascii.h"

namespace exotap {
namespace {

constexpr std::int64_t kSecondsPerDay = 86400;
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

// The two digits at `at`, or -1.
int two_digits(std::string_view text, std::size_t at) {
  if (!is_ascii_digit(text[at]) || !is_ascii_digit(text[at + 1])) return -1;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// Seconds that ".373Z", "+01:00" or nothing is ahead of UTC.
std::optional<int> zone_offset(std::string_view text) {
  if (text.starts_with('.')) {
    std::size_t digits = 1;
    while (digits < text.size() && is_ascii_digit(text[digits])) ++digits;
    if (digits == 1) return std::nullopt;
    text.remove_prefix(digits);
  }
  if (text.empty() || text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hour = two_digits(text, 1);
  const int minute = two_digits(text, 4);
  if (hour < 0 || hour > 14 || minute < 0 || minute > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hour * 3600 + minute * 60);
}

void write_two(char* to, unsigned value) {
  to[0] = static_cast<char>('0' + value / 10 % 10);
  to[1] = static_cast<char>('0' + value % 10);
}

// Of numbers as they were read, -1 where one was none.
std::optional<std::int64_t> seconds_of(int year, int month, int day, int hour, int minute,
                                       int second) {
  if (month < 1 || day < 1) return std::nullopt;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days{date}.time_since_epoch().count();
  return days * kSecondsPerDay + hour * 3600 + minute * 60 + second;
}

}  // namespace

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  // 0    5  8   12   17 20 23
  // Sun, 06 Nov 1994 08:49:37 GMT
  if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
  if (text[3] != ',' || text[19] != ':' || text[22] != ':') return std::nullopt;
  const std::size_t month_at = kMonths.find(text.substr(8, 3));
  if (month_at == std::string_view::npos || month_at % 3 != 0) return std::nullopt;
  const int day = two_digits(text, 5);
  const int century = two_digits(text, 12);
  const int year = two_digits(text, 14);
  const int hour = two_digits(text, 17);
  const int minute = two_digits(text, 20);
  const int second = two_digits(text, 23);
  if (century < 0 || year < 0) return std::nullopt;
  const int month = static_cast<int>(month_at / 3 + 1);
  return seconds_of(century * 100 + year, month, day, hour, minute, second);
}

std::optional<std::int64_t> parse_rfc3339(std::string_view text) {
  // 0    5  8  11 14 17
  // 1994-11-06T08:49:37
  if (text.size() < 19 || text[4] != '-' || text[7] != '-' || ascii_lower(text[10]) != 't' ||
      text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const int century = two_digits(text, 0);
  const int year = two_digits(text, 2);
  const int month = two_digits(text, 5);
  const int day = two_digits(text, 8);
  if (century < 0 || year < 0) return std::nullopt;
  const auto time = seconds_of(century * 100 + year, month, day, two_digits(text, 11),
                               two_digits(text, 14), two_digits(text, 17));
  const auto offset = zone_offset(text.substr(19));
  if (!time || !offset) return std::nullopt;
  return *time - *offset;
}

std::optional<std::int64_t> parse_generalized_time(std::string_view text) {
  // 0 2 4 6 8 10  12
  // 19941106084937Z
  if (text.size() != 15 || text[14] != 'Z') return std::nullopt;
  std::array<int, 7> pairs{};
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    pairs[i] = two_digits(text, 2 * i);
    if (pairs[i] < 0) return std::nullopt;
  }
  return seconds_of(pairs[0] * 100 + pairs[1], pairs[2], pairs[3], pairs[4], pairs[5], pairs[6]);
}

std::string_view rfc3339(std::int64_t seconds, TimeText& buffer) {
  constexpr std::int64_t kYear0 = -62167219200;        // 0000-01-01T00:00:00Z
  constexpr std::int64_t kYear9999End = 253402300799;  // 9999-12-31T23:59:59Z
  if (seconds < kYear0 || seconds > kYear9999End) return {};
  std::int64_t days = seconds / kSecondsPerDay;
  std::int64_t rest = seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  const auto second_of_day = static_cast<unsigned>(rest);
  char* out = buffer.data();
  write_two(out, year / 100);
  write_two(out + 2, year % 100);
  out[4] = out[7] = '-';
  write_two(out + 5, static_cast<unsigned>(date.month()));
  write_two(out + 8, static_cast<unsigned>(date.day()));
  out[10] = 'T';
  write_two(out + 11, second_of_day / 3600);
  out[13] = out[16] = ':';
  write_two(out + 14, second_of_day / 60 % 60);
  write_two(out + 17, second_of_day % 60);
  out[19] = 'Z';
  return {out, buffer.size()};
}

}  // namespace exotap
