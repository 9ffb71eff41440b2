#include "decoders/mapi/preamble.h"

#include "decoders/ascii.h"
#include "decoders/free_text.h"

namespace exotap {
namespace {

// Takes a line that is whole off the front of `rest`; false where none is. It ends with CRLF; LF
// alone, as in captures that people wrote, is taken for one.
bool take_line(std::string_view& rest, std::string_view& line) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return false;
  line = rest.substr(0, end);
  if (line.ends_with('\r')) line.remove_suffix(1);
  rest.remove_prefix(end + 1);
  return true;
}

void take_field(std::string_view line, MapiPreamble& preamble) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view name = trim_blanks(line.substr(0, colon));
  const std::string_view value = trim_blanks(line.substr(colon + 1));
  if (equals_lower(name, "x-elapsedtime")) preamble.elapsed = whole_number(value);
  if (equals_lower(name, "x-starttime")) preamble.started = value;
  if (equals_lower(name, "x-responsecode")) {
    if (const auto code = whole_number(value)) preamble.response_code = code;
  }
}

void take_fields(std::string_view rest, MapiPreamble& preamble) {
  std::string_view line;
  for (std::size_t i = 0; i <= kMaxPreambleFields && take_line(rest, line); ++i) {
    if (line.empty()) {
      preamble.whole = true;
      preamble.body = rest;
      return;
    }
    take_field(line, preamble);
  }
}

}  // namespace

MapiPreamble read_preamble(std::string_view text) {
  MapiPreamble preamble;
  std::string_view rest = text;
  std::string_view line;
  for (;;) {
    const std::size_t at = text.size() - rest.size();
    if (!take_line(rest, line)) {
      // Of a word that is still on its way the beginning is right.
      const std::string_view begun = text.substr(at);
      const auto begins = [&](std::string_view word) { return word.starts_with(begun); };
      const bool right =
          preamble.processing ? begins("PENDING\r") || begins("DONE\r") : begins("PROCESSING\r");
      if (!right) preamble.broken_at = at;
      return preamble;
    }
    if (!preamble.processing && line == "PROCESSING") {
      preamble.processing = true;
    } else if (preamble.processing && line == "PENDING") {
      ++preamble.pendings;
    } else if (preamble.processing && line == "DONE") {
      preamble.done = true;
      take_fields(rest, preamble);
      return preamble;
    } else {
      preamble.broken_at = at;
      return preamble;
    }
  }
}

}  // namespace exotap
