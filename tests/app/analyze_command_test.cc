#include "app/analyze_command.h"

#include <gmock/gmock.h>

#include "capture/ndjson.h"
#include "tests/app/judging.h"
#include "tests/app/own_home.h"
#include "tests/app/spoken.h"
#include "tests/capture/judged.h"

namespace exotap {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class AnalyzeCommand : public OwnHome {
 protected:
  static Spoken analyze(const std::vector<std::string>& words) {
    return speak(analyze_command, words);
  }
  // A log with one exchange; its path.
  [[nodiscard]] std::string log_of(const Told& told, const std::string& rest = "") const {
    Redaction redaction;
    std::string lines;
    Ndjson(redaction, "1a2b3c4d")
        .append_exchange(lines, told.exchange.id, told.exchange.started, told.facts);
    return file("run.ndjson", lines + rest);
  }
  [[nodiscard]] std::string our_rules(std::string_view level) const {
    (void)file("rules/ours.yml", refusal_rule("ours", level));
    return (home() / "rules").string();
  }
};

TEST_F(AnalyzeCommand, JudgesALogByTheRulesOfToday) {
  const Spoken said = analyze({log_of(refused(1, 1)), "--rules", our_rules("low")});
  EXPECT_EQ(said.code, 0) << said.errors;
  EXPECT_THAT(said.console, HasSubstr("adfs.contoso.com refuses"));
  EXPECT_THAT(said.errors, IsEmpty());
}

TEST_F(AnalyzeCommand, SpeaksJson) {
  const Spoken said =
      analyze({"--format", "json", "--rules", our_rules("low"), log_of(refused(1, 1))});
  EXPECT_THAT(said.console, AllOf(StartsWith("{"), HasSubstr(R"("rule.name":"ours")")));
}

TEST_F(AnalyzeCommand, SpeaksTheLanguageAskedFor) {
  const std::string log = log_of(refused(1, 1));
  const Spoken german = analyze({"--language", "de", log});
  EXPECT_EQ(german.code, 0) << german.errors;
  EXPECT_THAT(german.console, HasSubstr("lehnt Verbindungen auf Port 443 ab"));
  EXPECT_THAT(german.console, HasSubstr("Abhilfe: "));
  EXPECT_THAT(german.console, HasSubstr("1 Vorgang, 1 fehlgeschlagen, 1 Befund"));
  EXPECT_THAT(german.console, Not(HasSubstr("refuses")));
  // The keys of the log are the same in all languages.
  const Spoken json = analyze({"--language", "de", "--format", "json", log});
  EXPECT_THAT(json.console, AllOf(HasSubstr("lehnt Verbindungen"), HasSubstr("\"rule.name\"")));
}

TEST_F(AnalyzeCommand, KnowsWhichLanguagesItSpeaks) {
  const Spoken said = analyze({"--language", "fr", log_of(refused(1, 1))});
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.errors, AllOf(HasSubstr("--language: fr: exotap does not speak it"),
                                 HasSubstr("en (English), de (Deutsch)")));
}

TEST_F(AnalyzeCommand, FailsOnAFindingOfThatLevelOnly) {
  const std::string log = log_of(refused(1, 1));
  const std::string rules = our_rules("critical");
  EXPECT_EQ(analyze({log, "--rules", rules, "--fail-on", "critical"}).code, 1);
  EXPECT_EQ(analyze({log, "--rules", rules}).code, 0);
  EXPECT_EQ(analyze({log_of(healthy(1, 1)), "--rules", rules, "--fail-on", "low"}).code, 0);
}

TEST_F(AnalyzeCommand, ATornLastLineLosesNothingBeforeIt) {
  const std::string log = log_of(refused(1, 1), R"({"@timestamp":"2026-11-2)");
  const Spoken said = analyze({log, "--rules", our_rules("low")});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.console, HasSubstr("adfs.contoso.com refuses"));
  EXPECT_THAT(said.errors, StartsWith("exotap: " + log + ": "));
}

TEST_F(AnalyzeCommand, WhatCannotBeReadIsNamed) {
  const std::string missing = (home() / "nowhere.ndjson").string();
  for (const std::string& path :
       {missing, home().string(), file("noise", "\x01\x02 no log\nnor this\n")}) {
    const Spoken said = analyze({path});
    EXPECT_EQ(said.code, 4) << path;
    EXPECT_THAT(said.errors, HasSubstr("exotap: " + path + ": "));
    EXPECT_THAT(said.console, IsEmpty());
  }
}

TEST_F(AnalyzeCommand, AnUnreadableFileDoesNotHideTheOthers) {
  const std::string missing = (home() / "nowhere.ndjson").string();
  const Spoken said = analyze({missing, log_of(refused(1, 1)), "--rules", our_rules("low")});
  EXPECT_EQ(said.code, 4);
  EXPECT_THAT(said.console, HasSubstr("adfs.contoso.com refuses"));
}

TEST_F(AnalyzeCommand, GarbageIsNotToldLineByLineForEver) {
  std::string noise;
  for (int i = 0; i < 1000; ++i) noise += "no json\n";
  const Spoken said = analyze({file("noise", noise)});
  EXPECT_LT(said.error_lines(), 30);
  EXPECT_THAT(said.errors, HasSubstr("more lines were skipped"));
}

TEST_F(AnalyzeCommand, AnEmptyLogIsNoFailureButSaysSo) {
  const Spoken said = analyze({file("empty.ndjson", "")});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.errors, HasSubstr("no exchange"));
  EXPECT_THAT(said.console, IsEmpty());
}

TEST_F(AnalyzeCommand, WrongWordsAreWrongUsage) {
  const std::string log = log_of(healthy(1, 1));
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {}, {log, "--loud"}, {log, "--format", "xml"}, {log, "--fail-on", "doom"}}) {
    const Spoken said = analyze(words);
    EXPECT_EQ(said.code, 2);
    EXPECT_THAT(said.errors, StartsWith("exotap: analyze: "));
    EXPECT_EQ(said.error_lines(), 1) << said.errors;
  }
  const Spoken broken = analyze({log, "--rules", our_rules("terrible")});
  EXPECT_EQ(broken.code, 2);
  EXPECT_THAT(broken.errors, HasSubstr("ours.yml"));
}

TEST_F(AnalyzeCommand, PseudonymsHideWhoItWas) {
  Told told = refused(1, 1);
  told.facts.add(fact::kUserAgentOriginal, "anna@contoso.com");
  const std::string log = log_of(told);
  EXPECT_THAT(analyze({log, "--format", "json"}).console, HasSubstr("anna@contoso.com"));
  EXPECT_THAT(analyze({log, "--format", "json", "--pseudonyms"}).console,
              Not(HasSubstr("anna@contoso.com")));
}

}  // namespace
}  // namespace exotap
