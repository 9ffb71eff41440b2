// Whatever moment it dies at, the next one puts the former values back, and never over somebody
// else's.
#include "app/desktop/proxy_switch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "app/desktop/proxy_journal.h"
#include "app/temporary_folder.h"
#include "tests/app/desktop/written_desktop.h"

namespace exotap::test {
namespace {

using ::testing::HasSubstr;
using State = Restored::State;

constexpr const char* kUrl = "http://127.0.0.1:8888/proxy.pac";

class ProxySwitchTest : public ::testing::Test {
 protected:
  void journal(const ProxyJournal& journal) {
    ASSERT_EQ(file_.lock(), "");
    ASSERT_EQ(file_.create(to_text(journal)), "");
    file_.unlock();
  }
  // As an exotap that is gone left it.
  [[nodiscard]] ProxyJournal of_the_dead() const {
    return {"memory", {1, "another boot:1"}, former_, desktop_.with_script(kUrl)};
  }
  [[nodiscard]] bool has_journal() const { return std::filesystem::exists(file_.path()); }

  TemporaryFolder folder_{"exotap-switch-"};
  WrittenDesktop desktop_;
  JournalFile file_{folder_.path() / "state"};
  ProxySwitch switch_{desktop_, file_};
  const ProxyValues former_ = desktop_.values;
};

TEST_F(ProxySwitchTest, SetsAndPutsBack) {
  ASSERT_EQ(switch_.set(kUrl), "");
  EXPECT_EQ(desktop_.values, desktop_.with_script(kUrl));
  EXPECT_TRUE(has_journal());
  EXPECT_TRUE(desktop_.at_login);
  const Restored restored = switch_.restore();
  EXPECT_EQ(restored.state, State::done);
  EXPECT_EQ(restored.words, "memory's proxy setting is put back");
  EXPECT_EQ(desktop_.values, former_);
  EXPECT_FALSE(has_journal());
  EXPECT_FALSE(desktop_.at_login);
  EXPECT_EQ(switch_.restore().state, State::nothing);
}

TEST_F(ProxySwitchTest, WithoutAJournalNothingIsTouchedOrMade) {
  EXPECT_EQ(switch_.restore().state, State::nothing);
  EXPECT_EQ(desktop_.writes, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "state"));
}

// A child process dies at one write after the other: while setting, and while putting back.
TEST_F(ProxySwitchTest, DeathAtAnyWriteIsMended) {
  int deaths = 0;
  for (int at = 0; at < 4; ++at) {
    for (const bool before : {true, false}) {
      (before ? desktop_.die_before : desktop_.die_after) = at;
      desktop_.writes = 0;
      int ends[2];
      ASSERT_EQ(pipe(ends), 0);
      const pid_t child = fork();
      if (child == 0) {
        try {
          (void)switch_.set(kUrl);
          (void)switch_.restore();
        } catch (const Died&) {
          for (const ProxyValue& value : desktop_.values) {
            if (write(ends[1], (value.text + "\n").data(), value.text.size() + 1) < 0) _exit(2);
          }
          _exit(9);
        }
        _exit(0);
      }
      close(ends[1]);
      std::string left;
      char byte = 0;
      while (read(ends[0], &byte, 1) == 1) left += byte;
      close(ends[0]);
      int status = 0;
      waitpid(child, &status, 0);
      ASSERT_EQ(WEXITSTATUS(status), 9) << at << before;
      ++deaths;
      desktop_.die_before = desktop_.die_after = -1;
      const std::size_t line = left.find('\n');
      desktop_.values[0].text = left.substr(0, line);
      desktop_.values[1].text = left.substr(line + 1, left.size() - line - 2);
      EXPECT_TRUE(has_journal()) << at << before;
      EXPECT_EQ(switch_.restore().state, State::done) << at << before << " left " << left;
      EXPECT_EQ(desktop_.values, former_) << at << before << " left " << left;
      EXPECT_FALSE(has_journal());
      desktop_.values = former_;
    }
  }
  EXPECT_EQ(deaths, 8);
}

TEST_F(ProxySwitchTest, ALivingOnesChangeIsLeftAlone) {
  ProxyJournal living = of_the_dead();
  // A child that lives until it is told, and says when it began.
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  int said[2];
  ASSERT_EQ(pipe(said), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::string begun = this_process().begun;
    char byte = 0;
    if (write(said[1], begun.data(), begun.size()) < 0) _exit(1);
    _exit(read(ends[0], &byte, 1) == 1 ? 0 : 1);
  }
  std::string begun(200, '\0');
  begun.resize(static_cast<std::size_t>(read(said[0], begun.data(), begun.size())));
  living.process = {child, begun};
  journal(living);
  desktop_.values = living.ours;
  EXPECT_EQ(switch_.restore().state, State::in_use);
  EXPECT_EQ(desktop_.values, living.ours);
  EXPECT_THAT(switch_.set(kUrl), HasSubstr("another exotap has set it"));
  EXPECT_EQ(desktop_.writes, 0);
  ASSERT_EQ(write(ends[1], "x", 1), 1);
  waitpid(child, nullptr, 0);
  EXPECT_EQ(switch_.restore().state, State::done) << "now that it is gone";
  EXPECT_EQ(desktop_.values, former_);
  for (const int end : {ends[0], ends[1], said[0], said[1]}) close(end);
}

TEST_F(ProxySwitchTest, SomebodyElsesAddressStaysAsItIs) {
  ASSERT_EQ(switch_.set(kUrl), "");
  desktop_.values[0].text = "http://other/";
  const ProxyValues theirs = desktop_.values;
  const Restored restored = switch_.restore();
  EXPECT_EQ(restored.state, State::left);
  EXPECT_THAT(restored.words, HasSubstr("changed by somebody else"));
  EXPECT_EQ(desktop_.values, theirs);
  EXPECT_FALSE(has_journal());
}

TEST_F(ProxySwitchTest, AProxySwitchedOffMeanwhileStaysOff) {
  ASSERT_EQ(switch_.set(kUrl), "");
  desktop_.values[1].text = "none";
  EXPECT_EQ(switch_.restore().state, State::left);
  EXPECT_EQ(desktop_.values, (ProxyValues{{"url", "corp"}, {"mode", "none"}}));
}

TEST_F(ProxySwitchTest, WhatIsPutBackByHandIsDone) {
  ASSERT_EQ(switch_.set(kUrl), "");
  desktop_.values = former_;
  EXPECT_EQ(switch_.restore().state, State::done);
  EXPECT_EQ(desktop_.values, former_);
}

TEST_F(ProxySwitchTest, ASettingThatCannotBeWrittenIsLeftAsItWas) {
  desktop_.unwritable = "mode";
  EXPECT_THAT(switch_.set(kUrl), HasSubstr("locked"));
  EXPECT_EQ(desktop_.values, former_);
  EXPECT_FALSE(has_journal());
  desktop_.readable = false;
  EXPECT_THAT(switch_.set(kUrl), HasSubstr("unreadable"));
  EXPECT_FALSE(has_journal());
}

TEST_F(ProxySwitchTest, WhatCannotBePutBackIsTriedAgain) {
  ASSERT_EQ(switch_.set(kUrl), "");
  desktop_.unwritable = "mode";
  EXPECT_EQ(switch_.restore().state, State::failed);
  EXPECT_TRUE(has_journal());
  desktop_.readable = false;
  EXPECT_EQ(switch_.restore().state, State::failed);
  EXPECT_TRUE(has_journal());
  desktop_.readable = true;
  desktop_.unwritable.clear();
  EXPECT_EQ(switch_.restore().state, State::done);
  EXPECT_EQ(desktop_.values, former_);
}

TEST_F(ProxySwitchTest, ABrokenJournalIsKeptAndSaid) {
  journal(of_the_dead());
  std::ofstream(file_.path(), std::ios::trunc) << "{\"format\": \"exo";
  const Restored restored = switch_.restore();
  EXPECT_EQ(restored.state, State::unread);
  EXPECT_THAT(restored.words, HasSubstr("system-proxy.json.bad"));
  EXPECT_EQ(desktop_.writes, 0);
  EXPECT_TRUE(std::filesystem::exists(file_.path().string() + ".bad"));
  EXPECT_EQ(switch_.restore().state, State::nothing);
  EXPECT_EQ(switch_.set(kUrl), "");
}

TEST_F(ProxySwitchTest, AJournalOfAnotherDesktopStays) {
  ProxyJournal other = of_the_dead();
  other.desktop = "macOS";
  journal(other);
  EXPECT_EQ(switch_.restore().state, State::failed);
  EXPECT_TRUE(has_journal());
  EXPECT_EQ(desktop_.writes, 0);
}

}  // namespace
}  // namespace exotap::test
