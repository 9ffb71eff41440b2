#include "app/console/finding_block.h"

#include <gtest/gtest.h>

#include "app/console/display_text.h"
#include "tests/capture/judged.h"
#include "tests/capture/known_key.h"

namespace exotap {
namespace {

class FindingBlockTest : public testing::Test {
 protected:
  std::string block(const Finding& finding, std::size_t columns = 80, Style style = {}) {
    std::string out;
    append_finding_block(out, finding, columns, style, redaction_);
    return out;
  }

  Redaction redaction_{false, known_pseudonyms()};
};

TEST_F(FindingBlockTest, WhatWhyAndWhatToDo) {
  EXPECT_EQ(block(port_finding(1, 1)),
            "  HIGH: Port 443 of adfs.contoso.com is closed\n"
            "    Why:  adfs.contoso.com refused the connection to port 443.\n"
            "    Do:   Ask whoever runs the firewall in front of adfs.contoso.com to open\n"
            "          port 443.\n"
            "    Seen: error.code ECONNREFUSED\n"
            "    More: https://learn.microsoft.com/windows-server/identity/ad-fs/overview\n"
            "\n");
}

// A letter beyond ASCII is two bytes and one column.
TEST_F(FindingBlockTest, SpeaksGermanInColumns) {
  Finding finding = port_finding(1, 1);
  finding.title = "Port 443 von adfs.contoso.com ist für alle gesperrt";
  finding.explain = "Größe über Überlänge täuscht, früher schätzte müßig öfter Möller";
  finding.remedy = "Prüfen.";
  finding.caused_by_exotap = true;
  Style style;
  style.words = wording_in("de");
  const std::string text = block(finding, 60, style);
  EXPECT_TRUE(
      text.starts_with("  HOCH: Port 443 von adfs.contoso.com ist für alle gesperrt\n"
                       "    Grund:   Größe über Überlänge täuscht, früher schätzte\n"
                       "             müßig öfter Möller\n"
                       "    Abhilfe: Prüfen.\n"
                       "    Hinweis: Das verursacht exotap selbst, nicht Outlook und\n"
                       "             nicht das Netz.\n"
                       "    Beleg:   error.code ECONNREFUSED\n"
                       "    Mehr:    https://"))
      << text;
}

TEST_F(FindingBlockTest, WithSymbolsABarHoldsItTogether) {
  const std::string text = block(port_finding(1, 1), 80, {false, true});
  EXPECT_TRUE(
      text.starts_with("  \u258C HIGH  Port 443 of adfs.contoso.com is closed\n"
                       "  \u258C Why   adfs.contoso.com refused"))
      << text;
}

TEST_F(FindingBlockTest, NoLineIsWiderThanTheWindow) {
  Finding finding = port_finding(1, 1);
  finding.references.clear();
  finding.title = finding.explain = finding.remedy =
      std::string(30, 'x') + " " + std::string(300, 'y');
  for (const std::size_t columns : {40U, 60U, 80U, 200U}) {
    for (const Style style : {Style{}, Style{false, true}}) {
      std::string text = block(finding, columns, style);
      while (!text.empty()) {
        const std::size_t end = text.find('\n');
        EXPECT_LE(display_width(text.substr(0, end)), std::min<std::size_t>(columns, 100));
        text.erase(0, end + 1);
      }
    }
  }
}

TEST_F(FindingBlockTest, WhomToCall) {
  Finding finding = port_finding(1, 1);
  EXPECT_EQ(block(finding).find("Who:"), std::string::npos);
  finding.owner = Owner::network;
  EXPECT_NE(block(finding).find("          port 443.\n    Who:  whoever runs routers"),
            std::string::npos);
  finding.owner = Owner::user;
  EXPECT_NE(block(finding).find("    Who:  whoever sits at this computer\n"), std::string::npos);
}

TEST_F(FindingBlockTest, WhatItExplainsIsALineBelow) {
  const auto below = [&](std::uint64_t count, std::size_t columns) {
    ToldFinding told;
    told.title = "Exchange Online cannot reach the federation server";
    told.count = count;
    std::string out;
    append_symptom_line(out, told, columns, {}, redaction_);
    return out;
  };
  EXPECT_EQ(below(1, 80),
            "    because of this: Exchange Online cannot reach the federation server\n");
  EXPECT_EQ(below(39, 80),
            "    because of this: x39 Exchange Online cannot reach the federation server\n");
  EXPECT_EQ(below(39, 40).size(), 41U);
}

TEST_F(FindingBlockTest, ExotapTakesTheBlameForItsOwn) {
  Finding finding = port_finding(1, 1);
  finding.caused_by_exotap = true;
  EXPECT_NE(block(finding).find("    Note: exotap itself causes this"), std::string::npos);
}

TEST_F(FindingBlockTest, EvidenceStandsOnceAndNotWithoutEnd) {
  Finding finding = port_finding(1, 1);
  for (std::uint64_t id = 2; id < 9; ++id)
    finding.evidence.push_back({id, "error.code", "ECONNREFUSED"});
  EXPECT_NE(block(finding).find("    Seen: error.code ECONNREFUSED\n"), std::string::npos);
  for (std::uint64_t id = 2; id < 20; ++id) {
    finding.evidence.push_back({id, "url.port", std::to_string(id)});
  }
  EXPECT_NE(block(finding).find(", ..."), std::string::npos);
}

TEST_F(FindingBlockTest, NeitherSecretsNorControlsComeThrough) {
  Finding finding = port_finding(1, 1);
  finding.title = finding.explain = finding.remedy = "\x1b[2J password=Can4ry";
  finding.references = {"https://x/?code=Can4ry\x1b[2J"};
  finding.evidence = {{1, "url.query", "code=Can4ry\x1b[2J"}};
  const std::string text = block(finding);
  EXPECT_EQ(text.find("Can4ry"), std::string::npos) << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
}

TEST_F(FindingBlockTest, RepeatsAreOneLine) {
  ToldFinding told;
  told.title = "Port 443 is closed";
  told.level = Level::high;
  told.count = 12;
  std::string out;
  append_repeat_line(out, told, "12:31", 80, {}, redaction_);
  EXPECT_EQ(out, "  HIGH  x12 since 12:31  Port 443 is closed\n");
}

}  // namespace
}  // namespace exotap
