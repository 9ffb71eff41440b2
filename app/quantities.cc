#include "app/quantities.h"

#include <charconv>
#include <limits>
#include <string>

namespace exotap {
namespace {

struct Quantity {
  std::uint64_t number = 0;
  std::string unit;  // lower case, without spaces
};

std::optional<Quantity> parse(std::string_view text) {
  Quantity parsed;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed.number);
  if (error != std::errc()) return std::nullopt;
  for (const char* c = end; c != text.data() + text.size(); ++c) {
    if (*c == ' ') continue;
    parsed.unit += *c >= 'A' && *c <= 'Z' ? static_cast<char>(*c + ('a' - 'A')) : *c;
  }
  return parsed;
}

std::optional<std::uint64_t> times(std::uint64_t number, std::uint64_t factor) {
  if (number > std::numeric_limits<std::int64_t>::max() / factor) return std::nullopt;
  return number * factor;
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  const auto parsed = parse(text);
  if (!parsed) return std::nullopt;
  const std::string& u = parsed->unit;
  if (u.empty() || u == "b") return times(parsed->number, 1);
  if (u == "k" || u == "kb" || u == "kib") return times(parsed->number, 1ULL << 10U);
  if (u == "m" || u == "mb" || u == "mib") return times(parsed->number, 1ULL << 20U);
  if (u == "g" || u == "gb" || u == "gib") return times(parsed->number, 1ULL << 30U);
  if (u == "t" || u == "tb" || u == "tib") return times(parsed->number, 1ULL << 40U);
  return std::nullopt;
}

std::optional<std::chrono::seconds> parse_age(std::string_view text) {
  const auto parsed = parse(text);
  if (!parsed) return std::nullopt;
  const std::string& u = parsed->unit;
  std::uint64_t factor = 0;
  if (u.empty() || u == "d" || u == "day" || u == "days") factor = 86400;
  if (u == "h" || u == "hour" || u == "hours") factor = 3600;
  if (u == "m" || u == "min" || u == "minute" || u == "minutes") factor = 60;
  if (u == "s" || u == "second" || u == "seconds") factor = 1;
  if (factor == 0) return std::nullopt;
  const auto seconds = times(parsed->number, factor);
  if (!seconds) return std::nullopt;
  return std::chrono::seconds(static_cast<std::int64_t>(*seconds));
}

}  // namespace exotap
