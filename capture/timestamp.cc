#include "capture/timestamp.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace exotap {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::microseconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::size_t kFractionDigits = 6;
constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";

void append_digits(std::string& out, std::int64_t number, std::size_t width) {
  const std::size_t end = out.size() + width;
  out.resize(end, '0');
  for (std::size_t i = end; width > 0 && number > 0; --width, number /= 10) {
    out[--i] = static_cast<char>('0' + number % 10);
  }
}

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2199;

WallTime within_bounds(WallTime time) {
  using std::chrono::January;
  const WallTime first = sys_days(January / 1 / kFirstYear);
  const WallTime last = sys_days(January / 1 / (kLastYear + 1)) - microseconds(1);
  return std::clamp(time, first, last);
}

struct Parts {
  year_month_day date;
  hh_mm_ss<microseconds> time;
};

Parts parts_of(WallTime time) {
  const auto exact = floor<microseconds>(within_bounds(time));
  const auto day = floor<days>(exact);
  return {year_month_day(day), hh_mm_ss<microseconds>(exact - day)};
}

bool has_shape(std::string_view text) {
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == 'd' ? !digit : text[i] != kShape[i]) return false;
  }
  return true;
}

int number_at(std::string_view text, std::size_t at, std::size_t size) {
  int number = 0;
  std::from_chars(text.data() + at, text.data() + at + size, number);
  return number;
}

// ".25" is 250000 microseconds; nullopt where there is a point but no digit.
std::optional<microseconds> fraction(std::string_view text) {
  if (text.empty()) return microseconds(0);
  if (text.front() != '.' || text.size() < 2) return std::nullopt;
  std::int64_t value = 0;
  for (std::size_t i = 1; i <= kFractionDigits; ++i) {
    const char c = i < text.size() ? text[i] : '0';
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return microseconds(value);
}

}  // namespace

void append_timestamp(std::string& out, WallTime time) {
  const Parts parts = parts_of(time);
  append_digits(out, static_cast<int>(parts.date.year()), 4);
  out.push_back('-');
  append_digits(out, static_cast<unsigned>(parts.date.month()), 2);
  out.push_back('-');
  append_digits(out, static_cast<unsigned>(parts.date.day()), 2);
  out.push_back('T');
  append_digits(out, parts.time.hours().count(), 2);
  out.push_back(':');
  append_digits(out, parts.time.minutes().count(), 2);
  out.push_back(':');
  append_digits(out, parts.time.seconds().count(), 2);
  out.push_back('.');
  append_digits(out, parts.time.subseconds().count(), kFractionDigits);
  out.push_back('Z');
}

std::optional<WallTime> parse_timestamp(std::string_view text) {
  if (!has_shape(text) || text.back() != 'Z') return std::nullopt;
  const auto micros = fraction(text.substr(kShape.size(), text.size() - kShape.size() - 1));
  const year_month_day date(std::chrono::year(number_at(text, 0, 4)),
                            std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
                            std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2))));
  const int hour = number_at(text, 11, 2);
  const int minute = number_at(text, 14, 2);
  const int second = number_at(text, 17, 2);
  if (!micros || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const auto year = static_cast<int>(date.year());
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  return WallTime(sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         seconds(second) + *micros;
}

std::string file_stamp(WallTime time) {
  std::string text;
  append_timestamp(text, time);
  std::string stamp;
  for (const char c : text.substr(0, kShape.size())) {
    if (c == 'T') stamp.push_back('-');
    if (c >= '0' && c <= '9') stamp.push_back(c);
  }
  return stamp;
}

}  // namespace exotap
