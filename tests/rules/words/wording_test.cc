#include "rules/words/wording.h"

#include <gmock/gmock.h>

#include <set>

namespace exotap {
namespace {

using testing::Each;
using testing::Not;

// Every text of a language, in one order.
std::vector<std::string_view> texts_of(const Wording& w) {
  std::vector<std::string_view> texts{w.absent,
                                      w.yes,
                                      w.no,
                                      w.asked_itself,
                                      w.fails_alike,
                                      w.fails_otherwise,
                                      w.by_interception,
                                      w.passed_this_time,
                                      w.nothing_to_mend,
                                      w.pass_it_by,
                                      w.mend_the_way,
                                      w.gap_title,
                                      w.gap_explain,
                                      w.gap_remedy,
                                      w.why,
                                      w.remedy,
                                      w.who,
                                      w.note,
                                      w.seen,
                                      w.more,
                                      w.by_exotap,
                                      w.since,
                                      w.thousands,
                                      w.waiting,
                                      w.one_exchange,
                                      w.exchanges,
                                      w.failed,
                                      w.no_findings,
                                      w.one_finding,
                                      w.findings,
                                      w.not_examined,
                                      w.open,
                                      w.summary,
                                      w.nothing_came,
                                      w.log,
                                      w.log_has_users,
                                      w.log_has_no_users,
                                      w.gap_notice};
  texts.insert(texts.end(), w.levels.begin(), w.levels.end());
  texts.insert(texts.end(), w.owners.begin(), w.owners.end());
  return texts;
}

TEST(Wording, IsFoundByItsCode) {
  EXPECT_EQ(wording_in("en"), &english());
  ASSERT_NE(wording_in("de"), nullptr);
  EXPECT_EQ(wording_in("de")->name, "Deutsch");
  EXPECT_EQ(wording_in("DE"), nullptr);
  EXPECT_EQ(wording_in(""), nullptr);
}

TEST(Wording, NoLanguageLeavesATextEmpty) {
  std::set<std::string_view> codes;
  for (const Wording& words : all_wordings()) {
    EXPECT_TRUE(codes.insert(words.code).second) << words.code;
    EXPECT_THAT(texts_of(words), Each(Not(""))) << words.code;
  }
}

// What goes behind a sentence begins with its blank, in every language or in none.
TEST(Wording, EveryLanguageBeginsAndEndsWithBlanksWhereEnglishDoes) {
  const auto plain = texts_of(english());
  for (const Wording& words : all_wordings()) {
    const auto told = texts_of(words);
    ASSERT_EQ(told.size(), plain.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
      EXPECT_EQ(told[i].starts_with(' '), plain[i].starts_with(' ')) << words.code << told[i];
      EXPECT_EQ(told[i].ends_with(' '), plain[i].ends_with(' ')) << words.code << told[i];
    }
  }
}

// A number a language adds would stay on the screen as "{2}".
TEST(Wording, NoLanguageAsksForMoreThanEnglish) {
  const auto plain = texts_of(english());
  for (const Wording& words : all_wordings()) {
    const auto told = texts_of(words);
    for (std::size_t i = 0; i < told.size(); ++i) {
      for (const std::string place : {"{0}", "{1}", "{2}"}) {
        if (told[i].find(place) == std::string_view::npos) continue;
        EXPECT_NE(plain[i].find(place), std::string_view::npos) << words.code << ": " << told[i];
      }
    }
  }
}

TEST(Wording, SaysEachLevelAndOwner) {
  EXPECT_EQ(level_of(english(), Level::informational), "INFO");
  EXPECT_EQ(level_of(english(), Level::low), "LOW");
  EXPECT_EQ(level_of(english(), Level::medium), "MEDIUM");
  EXPECT_EQ(level_of(english(), Level::high), "HIGH");
  EXPECT_EQ(level_of(english(), Level::critical), "CRITICAL");
  EXPECT_EQ(level_of(*wording_in("de"), Level::critical), "KRITISCH");
  EXPECT_EQ(owner_of(english(), Owner::unnamed), "");
  EXPECT_EQ(owner_of(english(), Owner::microsoft), "Microsoft");
  EXPECT_EQ(owner_of(*wording_in("de"), Owner::user), "wer an diesem Computer sitzt");
}

TEST(Wording, PutsValuesInWhereverTheirNumberStands) {
  EXPECT_EQ(put_in("{1} before {0}, {1}", {"a", "b"}), "b before a, b");
  EXPECT_EQ(put_in("nothing", {"a"}), "nothing");
  EXPECT_EQ(put_in("{0}{x} {", {"a"}), "a{x} {");
  EXPECT_EQ(put_in("{1}", {"a"}), "{1}");
  EXPECT_EQ(put_in("{0}", {"{0}"}), "{0}");
}

}  // namespace
}  // namespace exotap
