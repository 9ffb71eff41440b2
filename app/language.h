// Which language a command speaks: --language, or the locale.
#pragma once

#include <string>
#include <string_view>

#include "rules/words/wording.h"

namespace CLI {
class App;
}

namespace exotap {

// Adds --language to a command; `wish` outlives the parsing. A language that exotap does not speak
// is a CLI::ValidationError that names those it does.
void declare_language(CLI::App& app, std::string& wish);

// Empty, or why a word is no language of exotap's.
[[nodiscard]] std::string language_error(std::string_view word);

// That of `wish`, which has been checked; that of the user's locale where it is empty.
[[nodiscard]] const Wording& chosen_words(std::string_view wish);

// "de_AT.UTF-8", "de-CH", "de@euro": the language of a locale; English where exotap does not speak
// it, and for "C".
[[nodiscard]] const Wording& words_of_locale(std::string_view locale);

}  // namespace exotap
