#include "app/console/style.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/app/console/paper_screen.h"

namespace exotap {
namespace {

Style style(bool terminal, std::map<std::string, const char*> variables) {
  return Style::of(PaperScreen(terminal), [variables](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second;
  });
}

std::string painted(const Style& style, Tone tone) {
  std::string out;
  style.paint(out, tone, "word");
  return out;
}

TEST(Style, ATerminalHasColoursAndSymbols) {
  const Style rich = style(true, {{"TERM", "xterm"}, {"LANG", "de_DE.UTF-8"}});
  EXPECT_TRUE(rich.colours);
  EXPECT_TRUE(rich.symbols);
}

TEST(Style, AFileHasNeither) {
  const Style plain = style(false, {{"TERM", "xterm"}, {"LANG", "de_DE.UTF-8"}});
  EXPECT_FALSE(plain.colours);
  EXPECT_FALSE(plain.symbols);
}

TEST(Style, ColoursCanBeRefused) {
  EXPECT_FALSE(style(true, {{"NO_COLOR", "1"}}).colours);
  EXPECT_TRUE(style(true, {{"NO_COLOR", ""}}).colours);
  EXPECT_FALSE(style(true, {{"TERM", "dumb"}, {"LANG", "C.UTF-8"}}).symbols);
}

TEST(Style, SymbolsNeedALocaleThatHasThem) {
  EXPECT_FALSE(style(true, {}).symbols);
  EXPECT_FALSE(style(true, {{"LANG", "C"}}).symbols);
  EXPECT_TRUE(style(true, {{"LANG", "C"}, {"LC_CTYPE", "en_US.utf8"}}).symbols);
  EXPECT_FALSE(style(true, {{"LANG", "C.UTF-8"}, {"LC_ALL", "C"}}).symbols);
  EXPECT_TRUE(style(true, {{"LANG", "C.UTF-8"}, {"LC_ALL", ""}}).symbols);
}

TEST(Style, PaintsWithWhatItHas) {
  EXPECT_EQ(painted({true, false}, Tone::bad), "\x1b[31mword\x1b[0m");
  EXPECT_EQ(painted({true, false}, Tone::plain), "word");
  EXPECT_EQ(painted({false, true}, Tone::bad), "word");
}

TEST(Style, LevelsHaveTones) {
  EXPECT_EQ(level_tone(Level::high), Tone::bad);
  EXPECT_EQ(level_tone(Level::low), Tone::warning);
}

}  // namespace
}  // namespace exotap
