#include "app/language.h"

#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <array>
#include <utility>

#include "app/user_locale.h"
#include "tests/app/own_home.h"

namespace exotap {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(Language, IsThatOfTheLocale) {
  constexpr std::array<std::pair<const char*, const char*>, 14> kTable{{{"de_DE.UTF-8", "de"},
                                                                        {"de_AT", "de"},
                                                                        {"de_CH.utf8", "de"},
                                                                        {"de@euro", "de"},
                                                                        {"de", "de"},
                                                                        {"DE_de", "de"},
                                                                        {"de-DE", "de"},
                                                                        {"en_GB.UTF-8", "en"},
                                                                        {"C", "en"},
                                                                        {"C.UTF-8", "en"},
                                                                        {"POSIX", "en"},
                                                                        {"", "en"},
                                                                        {"fr_FR.UTF-8", "en"},
                                                                        {"deutsch", "en"}}};
  for (const auto& [locale, code] : kTable) EXPECT_EQ(words_of_locale(locale).code, code) << locale;
}

TEST(Language, OneThatIsNotSpokenIsAnErrorWithTheList) {
  EXPECT_THAT(language_error("de"), IsEmpty());
  EXPECT_THAT(language_error("en"), IsEmpty());
  EXPECT_EQ(language_error("german"),
            "--language german: exotap does not speak it (give one of en (English), de (Deutsch))");
  EXPECT_THAT(language_error("deutch"), HasSubstr("(did you mean 'de'?)"));
  EXPECT_THAT(language_error("Deutsch"), HasSubstr("(did you mean 'de'?)"));
  EXPECT_THAT(language_error("DE"), HasSubstr("(did you mean 'de'?)"));
}

TEST(Language, IsAnOptionOfACommand) {
  CLI::App app("A command.", "exotap test");
  std::string wish;
  declare_language(app, wish);
  app.parse("--language de");
  EXPECT_EQ(wish, "de");
  EXPECT_EQ(chosen_words(wish).code, "de");
  CLI::App other("A command.", "exotap test");
  declare_language(other, wish);
  try {
    other.parse("--language fr");
    FAIL() << "it was taken";
  } catch (const CLI::Error& error) {
    EXPECT_EQ(std::string(error.what()),
              "--language: fr: exotap does not speak it (give one of en (English), de (Deutsch))");
  }
}

class LocaleOfTheSystem : public OwnHome {};

TEST_F(LocaleOfTheSystem, DecidesWhereNothingIsAskedFor) {
  ::setenv("LC_ALL", "de_DE.UTF-8", 1);
  EXPECT_EQ(chosen_words("").code, "de");
  EXPECT_EQ(chosen_words("en").code, "en");
}

}  // namespace
}  // namespace exotap
