#include "decoders/exchange_errors.h"

#include <algorithm>
#include <charconv>

#include "decoders/ascii.h"

namespace exotap {
namespace {

constexpr std::size_t kMaxDiagnosticsParams = 16;

// Whether a further statement begins here: digits, then ";" or the end.
bool begins_statement(std::string_view text) {
  text = trim_blanks(text);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return digits > 0 && (digits == text.size() || text[digits] == ';');
}

// Takes the text up to the next ";" outside quotes off the front of `rest`, and says whether the
// statement ended with it.
std::string_view take_part(std::string_view& rest, bool& last) {
  bool quoted = false;
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    if (rest[at] == '\\' && quoted) {
      ++at;
    } else if (rest[at] == '"') {
      quoted = !quoted;
    } else if (rest[at] == ';' && !quoted) {
      break;
    } else if (rest[at] == ',' && !quoted && begins_statement(rest.substr(at + 1))) {
      last = true;
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

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

ExchangeDiagnostics take_diagnostics(std::string_view& rest) {
  ExchangeDiagnostics out;
  bool last = false;
  for (std::size_t i = 0; i <= kMaxDiagnosticsParams && !rest.empty() && !last; ++i) {
    const std::string_view part = take_part(rest, last);
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) {
      if (i == 0) out.code = number_of(part);
      continue;
    }
    const std::string_view name = trim_blanks(part.substr(0, equals));
    const std::string_view value = without_quotes(part.substr(equals + 1));
    if (equals_lower(name, "reason")) out.reason = value;
    if (equals_lower(name, "error_category")) out.category = value;
    if (equals_lower(name, "source")) out.source = value;
    if (equals_lower(name, "faultcode")) out.fault = value;
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
