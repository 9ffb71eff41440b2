#include "app/console/summary.h"

#include <gtest/gtest.h>

#include "tests/app/console/paper_screen.h"
#include "tests/capture/judged.h"
#include "tests/capture/known_key.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;

class SummaryTest : public testing::Test {
 protected:
  SummaryTest() { live_in_greenwich(); }
  std::string summary(const Tally& tally, const RunEnd& end, std::size_t columns = 80) {
    std::string out;
    append_summary(out, {tally, 720s, told_, end}, columns, {}, redaction_, local_);
    return out;
  }

  ToldFindings told_;
  Redaction redaction_{false, known_pseudonyms()};
  LocalTime local_;
};

TEST_F(SummaryTest, EachFindingOnceWithItsCountAndTheLog) {
  Finding low = port_finding(1, 1);
  low.rule_id = "low";
  low.level = Level::low;
  low.title = "A low one";
  told_.take(low, noon());
  for (int i = 0; i < 12; ++i) told_.take(port_finding(1, 1), noon() + std::chrono::minutes(i));
  EXPECT_EQ(summary({1284, 3, 2, 13, 0, {}}, {"/logs/exotap-1.ndjson", 12}),
            "\n"
            "In 12 min: 1,284 exchanges, 3 failed, 2 findings (x13).\n"
            "  HIGH      Port 443 of adfs.contoso.com is closed  x12 12:31-12:42\n"
            "  LOW       A low one  12:31\n"
            "Log: /logs/exotap-1.ndjson\n"
            "     (passwords and tokens are not in it, user names are)\n");
}

TEST_F(SummaryTest, WhatHasACauseStandsBelowIt) {
  told_.take(port_finding(1, 1), noon());
  Finding symptom = port_finding(2, 1);
  symptom.rule_id = "symptom";
  symptom.level = Level::critical;
  symptom.number = 2;
  symptom.because_of = 1;
  symptom.title = "Nobody gets a token";
  for (int i = 0; i < 39; ++i) told_.take(symptom, noon());
  EXPECT_NE(summary({40, 40, 1, 40, 0, {}}, {})
                .find("  HIGH      Port 443 of adfs.contoso.com is closed  12:31\n"
                      "              because of this: Nobody gets a token  x39 12:31\n"),
            std::string::npos)
      << summary({40, 40, 1, 40, 0, {}}, {});
}

TEST_F(SummaryTest, SaysWhenNothingCame) {
  EXPECT_EQ(summary({}, {}), "\nNothing came through exotap. Is it set as the proxy of Outlook?\n");
}

TEST_F(SummaryTest, SpeaksGerman) {
  Finding finding = port_finding(1, 1);
  finding.title = "Port 443 ist gesperrt";
  told_.take(finding, noon());
  Style style;
  style.words = wording_in("de");
  std::string out;
  append_summary(out, {{1284, 3, 1, 1, 0, {}}, 720s, told_, {"/logs/exotap-1.ndjson", 12}}, 80,
                 style, redaction_, local_);
  EXPECT_EQ(out,
            "\n"
            "In 12 min: 1.284 Vorgänge, 3 fehlgeschlagen, 1 Befund.\n"
            "  HOCH      Port 443 ist gesperrt  12:31\n"
            "Protokoll: /logs/exotap-1.ndjson\n"
            "           (Kennwörter und Token stehen nicht darin, Benutzernamen schon)\n");
}

TEST_F(SummaryTest, LongTitlesAreCut) {
  Finding finding = port_finding(1, 1);
  finding.title = std::string(300, 'x');
  told_.take(finding, noon());
  const std::string text = summary({1, 1, 1, 1, 0, {}}, {});
  const std::size_t line = text.find("  HIGH");
  EXPECT_EQ(text.find('\n', line) - line, 80U);
}

}  // namespace
}  // namespace exotap
