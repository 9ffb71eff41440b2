#include "app/language.h"

#include <CLI/CLI.hpp>
#include <vector>

#include "app/user_locale.h"
#include "decoders/ascii.h"
#include "rules/words/did_you_mean.h"

namespace exotap {
namespace {

// "en (English), de (Deutsch)"
std::string spoken_languages() {
  std::string list;
  for (const Wording& words : all_wordings()) {
    if (!list.empty()) list += ", ";
    list.append(words.code).append(" (").append(words.name).append(")");
  }
  return list;
}

// " (did you mean 'de'?)" for a slip in a code or a name; nothing where none is near.
std::string suggestion(std::string_view word) {
  std::vector<std::string_view> known;
  for (const Wording& words : all_wordings()) known.push_back(words.code);
  for (const Wording& words : all_wordings()) known.push_back(words.name);
  const std::string_view meant = nearest(word, known);
  for (const Wording& words : all_wordings()) {
    if (meant.empty() || (meant != words.code && meant != words.name)) continue;
    return " (did you mean '" + std::string(words.code) + "'?)";
  }
  return {};
}

}  // namespace

std::string language_error(std::string_view word) {
  if (wording_in(word) != nullptr) return {};
  return "--language " + std::string(word) + ": exotap does not speak it" + suggestion(word) +
         " (give one of " + spoken_languages() + ")";
}

void declare_language(CLI::App& app, std::string& wish) {
  app.add_option("--language", wish, "of findings: " + spoken_languages() + "; else the locale's")
      ->type_name("LANG")
      ->check([](const std::string& word) {
        const std::string why = language_error(word);
        // Where CLI11 is given a text by a check, it puts the option's name in front itself.
        constexpr std::string_view kOption = "--language ";
        return why.empty() ? why : why.substr(kOption.size());
      });
}

const Wording& chosen_words(std::string_view wish) {
  const Wording* words = wording_in(wish);
  return words != nullptr ? *words : words_of_locale(user_locale());
}

const Wording& words_of_locale(std::string_view locale) {
  std::string code;
  for (const char c : locale.substr(0, locale.find_first_of("_-.@"))) code += ascii_lower(c);
  const Wording* words = wording_in(code);
  return words != nullptr ? *words : english();
}

}  // namespace exotap
