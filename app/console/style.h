// Colours and symbols, where they are welcome, and the language of the words between them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/console/screen.h"
#include "rules/words/finding.h"
#include "rules/words/wording.h"

namespace exotap {

enum class Tone : unsigned char { plain, dim, good, note, warning, bad, strong };

struct Style {
  bool colours = false;  // ANSI's sixteen, which every terminal's theme makes readable
  bool symbols = false;  // characters beyond ASCII of our own
  const Wording* words = &english();

  // Colours only on a terminal, without NO_COLOR (no-color.org) and not a dumb one; symbols only on
  // a terminal whose locale is UTF-8. `variable` gives environment variables, nullptr where unset.
  [[nodiscard]] static Style of(const Screen& screen,
                                const std::function<const char*(const char*)>& variable);

  // Appends `text` in that tone. The text is printable already.
  void paint(std::string& out, Tone tone, std::string_view text) const;
};

// The tone a level is said in.
[[nodiscard]] Tone level_tone(Level level);

}  // namespace exotap
