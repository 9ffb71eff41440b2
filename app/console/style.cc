#include "app/console/style.h"

#include "decoders/ascii.h"

namespace exotap {
namespace {

constexpr std::string_view kReset = "\x1b[0m";

std::string_view sequence_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::dim:
      return "\x1b[2m";
    case Tone::good:
      return "\x1b[32m";
    case Tone::note:
      return "\x1b[36m";
    case Tone::warning:
      return "\x1b[33m";
    case Tone::bad:
      return "\x1b[31m";
    case Tone::strong:
      return "\x1b[1m";
  }
  return "";
}

bool names_utf8(std::string_view locale) {
  std::string lower;
  for (const char c : locale) lower.push_back(ascii_lower(c));
  return lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
}

// The variable that decides is the first of these that is set and not empty (POSIX, XBD 8.2).
bool locale_is_utf8(const std::function<const char*(const char*)>& variable) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = variable(name);
    if (value != nullptr && *value != '\0') return names_utf8(value);
  }
  return false;
}

bool is_set(const char* value) { return value != nullptr && *value != '\0'; }

}  // namespace

Style Style::of(const Screen& screen, const std::function<const char*(const char*)>& variable) {
  Style style;
  if (!screen.is_terminal()) return style;
  const char* kind = variable("TERM");
  const bool dumb = kind != nullptr && std::string_view(kind) == "dumb";
  style.colours = !dumb && !is_set(variable("NO_COLOR"));
  style.symbols = !dumb && locale_is_utf8(variable);
  return style;
}

void Style::paint(std::string& out, Tone tone, std::string_view text) const {
  if (!colours || tone == Tone::plain || text.empty()) {
    out.append(text);
    return;
  }
  out.append(sequence_of(tone)).append(text).append(kReset);
}

Tone level_tone(Level level) {
  switch (level) {
    case Level::informational:
      return Tone::note;
    case Level::low:
    case Level::medium:
      return Tone::warning;
    case Level::high:
    case Level::critical:
      return Tone::bad;
  }
  return Tone::plain;
}

}  // namespace exotap
