#include "app/console/text_console.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "decoders/process.h"
#include "tests/app/console/paper_screen.h"
#include "tests/capture/judged.h"
#include "tests/capture/known_key.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;

class TextConsoleTest : public testing::Test {
 protected:
  TextConsoleTest() { live_in_greenwich(); }

  void open(PaperScreen screen = PaperScreen(), bool quiet = false, bool pseudonyms = false) {
    screen_ = std::move(screen);
    redaction_ = std::make_unique<Redaction>(pseudonyms, known_pseudonyms());
    ConsoleWorld world;
    world.now = [this] { return now_; };
    world.ticks = [this] { return ticks_; };
    world.open_connections = [] { return 4; };
    const Style style{false, screen_.is_terminal()};
    console_ = make_text_console(screen_, style, *redaction_, quiet, world);
  }
  void tell(const Told& told) { console_->exchange(told.exchange, told.facts); }
  std::string shown() {
    console_->flush();
    return screen_.all();
  }
  static std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  PaperScreen screen_;
  std::unique_ptr<Redaction> redaction_;
  std::unique_ptr<Console> console_;
  WallTime now_ = noon();
  std::chrono::steady_clock::time_point ticks_{1h};
};

Told connect(std::uint64_t id, Handling handling, std::string_view host) {
  Told told = healthy(id, 0, host, "");
  told.exchange.is_connect = true;
  told.exchange.handling = handling;
  told.facts.add(fact::kExotapConnect, true);
  told.facts.add(fact::kExotapHandling, handling == Handling::tunnelled ? "tunnelled" : "opened");
  return told;
}

TEST_F(TextConsoleTest, TheReadyLineIsAPromise) {
  open();
  console_->listening("127.0.0.1", 8888);
  EXPECT_EQ(screen_.all(), "exotap: listening on 127.0.0.1:8888\n");
  console_->listening("::1", 8888);
  EXPECT_TRUE(screen_.all().ends_with("exotap: listening on [::1]:8888\n"));
}

TEST_F(TextConsoleTest, OneWriteABatchAndNoStatusLineInAFile) {
  open();
  tell(healthy(1, 1));
  tell(failing(2, 1));
  EXPECT_TRUE(screen_.writes().empty());
  console_->flush();
  console_->flush();
  ASSERT_EQ(screen_.writes().size(), 1U);
  EXPECT_EQ(lines(screen_.all()), 2U);
  EXPECT_EQ(screen_.all().find("exchanges"), std::string::npos);
}

TEST_F(TextConsoleTest, InANarrowWindowOnlyAnotherProcessIsNamed) {
  open();
  const auto asked_by = [](std::uint64_t id, const char* name, const std::string& path) {
    Told told = healthy(id, 1, "outlook.office365.com", path);
    state_process({name, 1}, told.facts);
    return told;
  };
  tell(asked_by(1, "curl", "/a"));
  tell(asked_by(2, "curl", "/b"));
  tell(asked_by(3, "python3", "/c"));
  const std::string text = shown();
  EXPECT_EQ(text.find("  curl  "), text.rfind("  curl  "));
  EXPECT_NE(text.find("  curl  "), std::string::npos);
  EXPECT_NE(text.find("  python3  "), std::string::npos);
}

TEST_F(TextConsoleTest, OpenedConnectionsThatSucceedAreNotShown) {
  open();
  tell(connect(1, Handling::opened, "outlook.office365.com"));
  EXPECT_EQ(shown(), "");
  tell(refused(2, 1));
  EXPECT_NE(shown().find("FAIL  CONNECT adfs.contoso.com:443"), std::string::npos);
}

TEST_F(TextConsoleTest, ATunnelledHostIsShownOnce) {
  open();
  tell(connect(1, Handling::tunnelled, "www.example.com"));
  tell(connect(2, Handling::tunnelled, "www.example.com"));
  tell(connect(3, Handling::tunnelled, "www.example.org"));
  EXPECT_EQ(lines(shown()), 2U);
}

TEST_F(TextConsoleTest, SpeculativeConnectionsAreNoise) {
  open();
  Told told = refused(1, 1);
  told.exchange.speculative = true;
  tell(told);
  EXPECT_EQ(shown(), "");
}

TEST_F(TextConsoleTest, LinesThatAreAlikeAreFolded) {
  open();
  for (std::uint64_t id = 1; id <= 5; ++id) tell(healthy(id, 1));
  EXPECT_EQ(lines(shown()), 1U);
  now_ = noon() + 60s;
  EXPECT_EQ(lines(shown()), 2U);
  EXPECT_NE(shown().find(" x4 "), std::string::npos) << shown();
}

TEST_F(TextConsoleTest, AFindingIsToldOnceAndCounted) {
  open();
  tell(refused(1, 1));
  console_->finding(port_finding(1, 1));
  const std::string once = shown();
  EXPECT_NE(once.find("  HIGH: Port 443"), std::string::npos);
  for (int i = 2; i < 10; ++i) console_->finding(port_finding(1, 1));
  EXPECT_EQ(shown(), once);
  console_->finding(port_finding(1, 1));
  EXPECT_TRUE(
      shown().ends_with("  HIGH  x10 since 12:31  Port 443 of adfs.contoso.com is closed\n"))
      << shown();
}

Finding because_of(std::uint64_t cause, std::uint64_t number, std::string title) {
  Finding finding = port_finding(number, 1);
  finding.rule_id = title;
  finding.title = std::move(title);
  finding.number = number;
  finding.because_of = cause;
  return finding;
}

TEST_F(TextConsoleTest, WhatHasACauseIsALineBelowIt) {
  open();
  tell(refused(1, 1));
  console_->finding(port_finding(1, 1));
  const std::size_t before = shown().size();
  console_->finding(because_of(1, 2, "Nobody gets a token"));
  EXPECT_EQ(shown().substr(before), "    because of this: Nobody gets a token\n");
}

TEST_F(TextConsoleTest, ACauseThatIsNotTheLatestIsCalledToMind) {
  open();
  tell(refused(1, 1));
  console_->finding(port_finding(1, 1));
  console_->finding(because_of(0, 2, "Something else"));
  const std::size_t before = shown().size();
  console_->finding(because_of(1, 3, "Nobody gets a token"));
  EXPECT_EQ(shown().substr(before),
            "  HIGH  x1 since 12:31  Port 443 of adfs.contoso.com is closed\n"
            "    because of this: Nobody gets a token\n");
}

TEST_F(TextConsoleTest, ACauseThatIsFoundLaterNamesWhatItExplains) {
  open();
  tell(refused(1, 1));
  console_->finding(port_finding(1, 1));
  Finding all = because_of(0, 2, "Port 443 is closed for every host");
  all.cause_of = {1};
  console_->finding(all);
  EXPECT_TRUE(
      shown().ends_with("\n\n    because of this: Port 443 of adfs.contoso.com is closed\n"))
      << shown();
}

TEST_F(TextConsoleTest, TheLastWordIsTheSummarys) {
  open();
  Finding word = port_finding(1, 1);
  word.is_last_word = true;
  console_->finding(word);
  EXPECT_EQ(shown(), "");
}

TEST_F(TextConsoleTest, QuietIsFindingsOnly) {
  open(PaperScreen(true), /*quiet=*/true);
  tell(healthy(1, 1));
  tell(refused(2, 1));
  console_->gap({"x", 1, 2});
  console_->flush();
  EXPECT_EQ(screen_.all(), "");
  console_->finding(port_finding(2, 1));
  ticks_ += 1s;
  console_->flush();
  console_->finish({"/log", 1});
  EXPECT_TRUE(screen_.all().starts_with("  \u258C HIGH")) << screen_.all();
  EXPECT_EQ(screen_.all().find("Log:"), std::string::npos);
}

TEST_F(TextConsoleTest, ATerminalHasAStatusLineThatIsErasedBeforeLines) {
  open(PaperScreen(true));
  console_->listening("127.0.0.1", 8888);
  EXPECT_TRUE(screen_.all().ends_with("waiting for Outlook"));
  screen_.clear();
  tell(healthy(1, 1));
  console_->flush();
  ASSERT_EQ(screen_.writes().size(), 1U);
  EXPECT_TRUE(screen_.all().starts_with("\r\x1b[K12:31:08"));
  EXPECT_TRUE(screen_.all().ends_with("\n1 exchange \u00B7 no findings \u00B7 4 open"))
      << screen_.all();
}

TEST_F(TextConsoleTest, ATerminalIsWrittenTenTimesASecond) {
  open(PaperScreen(true));
  for (std::uint64_t id = 1; id <= 1000; ++id) {
    tell(healthy(id, 1, "host" + std::to_string(id)));
    console_->flush();
    ticks_ += 1ms;
  }
  EXPECT_GE(screen_.writes().size(), 9U);
  EXPECT_LE(screen_.writes().size(), 11U);
  screen_.clear();
  ticks_ += 1s;
  console_->flush();
  EXPECT_EQ(screen_.writes().size(), 1U);
  ticks_ += 1s;
  console_->flush();  // nothing new
  EXPECT_EQ(screen_.writes().size(), 1U);
}

TEST_F(TextConsoleTest, GapsAreToldButNotEachOfThem) {
  open();
  console_->gap({"analysis queue full", 3, 1});
  for (int i = 0; i < 50; ++i) console_->gap({"analysis queue full", 1, 1});
  EXPECT_EQ(
      shown(),
      "exotap: 3 exchanges were not examined: analysis queue full (they passed all the same)\n");
  ticks_ += 10s;
  EXPECT_NE(shown().find("exotap: 50 exchanges were not examined"), std::string::npos);
}

TEST_F(TextConsoleTest, TheEndSumsUp) {
  open();
  for (std::uint64_t id = 1; id <= 3; ++id) tell(healthy(id, 1));
  tell(refused(4, 1));
  console_->finding(port_finding(4, 1));
  console_->finish({"/logs/exotap-1.ndjson", 2});
  const std::string text = screen_.all();
  EXPECT_NE(text.find(" x2 "), std::string::npos);
  EXPECT_NE(text.find("In 3 s: 4 exchanges, 1 failed, 1 finding."), std::string::npos) << text;
  EXPECT_NE(text.find("Log: /logs/exotap-1.ndjson"), std::string::npos);
}

TEST_F(TextConsoleTest, WhatStillWaitsIsShownAndCountedOnce) {
  open();
  Told waiting = healthy(1, 1);
  waiting.exchange.still_waiting = true;
  waiting.facts.add(fact::kExotapStillWaiting, true);
  tell(waiting);
  tell(healthy(1, 1));
  EXPECT_NE(shown().find("wait  POST"), std::string::npos);
  EXPECT_NE(shown().find("200   POST"), std::string::npos);
  console_->finish({});
  EXPECT_NE(screen_.all().find(": 1 exchange,"), std::string::npos) << screen_.all();
}

TEST_F(TextConsoleTest, PseudonymsStandForUsers) {
  open(PaperScreen(), false, /*pseudonyms=*/true);
  tell(healthy(1, 1, "login.microsoftonline.com", "/common/userrealm/ada@contoso.com"));
  Finding finding = port_finding(1, 1);
  finding.title = "ada@contoso.com cannot sign in";
  console_->finding(finding);
  console_->finish({});
  EXPECT_EQ(screen_.all().find("ada"), std::string::npos) << screen_.all();
}

}  // namespace
}  // namespace exotap
