#include "app/standard_console.h"

#include <cstdlib>
#include <utility>

namespace exotap {
namespace {

constexpr int kStandardOutput = 1;

const char* environment(const char* name) { return std::getenv(name); }

}  // namespace

StandardConsole make_standard_console(ConsoleFormat format, bool quiet, Redaction& redaction,
                                      std::string run, const Wording& words) {
  StandardConsole made;
  made.screen = open_screen(kStandardOutput);
  Style style = Style::of(*made.screen, environment);
  style.words = &words;
  made.console = format == ConsoleFormat::json
                     ? make_json_console(*made.screen, redaction, std::move(run), quiet)
                     : make_text_console(*made.screen, style, redaction, quiet);
  return made;
}

}  // namespace exotap
