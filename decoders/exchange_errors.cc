#include "decoders/exchange_errors.h"

#include <algorithm>
#include <charconv>

#include "decoders/ascii.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxDiagnosticsParams = 16;

// Takes the text up to the next ";" outside quotes off the front of `rest`.
std::string_view take_part(std::string_view& rest) {
  bool quoted = false;
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    if (rest[at] == '\\' && quoted) {
      ++at;
    } else if (rest[at] == '"') {
      quoted = !quoted;
    } else if (rest[at] == ';' && !quoted) {
      break;
    }
  }
  const std::size_t end = std::min(at, rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return trim_blanks(part);
}

std::string_view without_quotes(std::string_view text) {
  text = trim_blanks(text);
  if (text.starts_with('"')) text.remove_prefix(1);
  if (text.ends_with('"')) text.remove_suffix(1);
  return text;
}

}  // namespace

ExchangeDiagnostics parse_diagnostics(std::string_view value) {
  ExchangeDiagnostics out;
  const std::string_view number = take_part(value);
  std::int64_t code = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), code);
  if (error == std::errc{} && end == number.data() + number.size()) out.code = code;
  for (std::size_t i = 0; i < kMaxDiagnosticsParams && !value.empty(); ++i) {
    const std::string_view part = take_part(value);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = trim_blanks(part.substr(0, equals));
    if (equals_lower(name, "reason")) out.reason = without_quotes(part.substr(equals + 1));
    if (equals_lower(name, "error_category")) {
      out.category = without_quotes(part.substr(equals + 1));
    }
  }
  return out;
}

AutodiscoverError parse_autodiscover_error(std::string_view value) {
  AutodiscoverError out;
  value = trim_blanks(value);
  const std::size_t first = value.find(':');
  if (first == std::string_view::npos) {
    out.result = trim_blanks(value.substr(0, value.find(';')));
    return out;
  }
  out.source = trim_blanks(value.substr(0, first));
  const std::string_view rest = value.substr(first + 1);
  const std::size_t second = std::min(rest.find_first_of(":;<"), rest.size());
  out.result = trim_blanks(rest.substr(0, second));
  if (second == rest.size()) return out;
  // A "<" belongs to the trail, a ":" or ";" only divides.
  out.detail = trim_blanks(rest.substr(rest[second] == '<' ? second : second + 1));
  out.detail = out.detail.substr(0, kMaxAutodiscoverDetail);
  return out;
}

}  // namespace exotap
