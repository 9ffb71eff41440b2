#include "app/restore_command.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <thread>

#include "tests/app/own_home.h"
#include "tests/app/spoken.h"

namespace exotap {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class RestoreCommand : public OwnHome {
 protected:
  // Where XDG_STATE_HOME is this home.
  static constexpr const char* kJournal = "exotap/system-proxy.json";
  static Spoken restore(const std::vector<std::string>& words = {}) {
    return speak(restore_command, words);
  }
};

TEST_F(RestoreCommand, WithNothingToDoItSaysSo) {
  for (int twice = 0; twice < 2; ++twice) {
    const Spoken said = restore();
    EXPECT_EQ(said.code, 0);
    EXPECT_THAT(said.out, StartsWith("Nothing to restore"));
    EXPECT_THAT(said.errors, IsEmpty());
  }
  EXPECT_FALSE(std::filesystem::exists(home() / "exotap"));
}

TEST_F(RestoreCommand, ABrokenJournalIsUnreadableInput) {
  (void)file(kJournal, "{");
  const Spoken said = restore();
  EXPECT_EQ(said.code, 4);
  EXPECT_THAT(said.errors, StartsWith("exotap: restore: "));
  EXPECT_THAT(said.errors, HasSubstr("system-proxy.json.bad"));
  EXPECT_EQ(restore().code, 0);
}

// Who waits beside exotap tells nobody: that is left to who does.
TEST_F(RestoreCommand, WhoIsNotHeardLeavesABrokenJournalInItsPlace) {
  (void)file(kJournal, "{");
  const int input = ::open("/dev/null", O_RDONLY);
  const int before = ::dup(STDIN_FILENO);
  ::dup2(input, STDIN_FILENO);
  std::thread([&] { EXPECT_EQ(restore({kWhenInputEnds}).code, 0); }).join();
  ::dup2(before, STDIN_FILENO);
  ::close(input);
  ::close(before);
  EXPECT_EQ(restore().code, 4);
}

TEST_F(RestoreCommand, WhatCannotBePutBackNowIsToldAndKept) {
  (void)file(kJournal, R"({"format": "exotap-system-proxy-1", "desktop": "another",
    "process": 1, "begun": "x", "former": {"a": "1"}, "ours": {"a": "2"}})");
  EXPECT_EQ(restore().code, 3);
  EXPECT_TRUE(std::filesystem::exists(home() / kJournal));
}

TEST_F(RestoreCommand, HelpAndWrongWords) {
  EXPECT_THAT(restore({"--help"}).out, HasSubstr("Example:\n  exotap restore"));
  EXPECT_EQ(restore({"everything"}).code, 2);
}

}  // namespace
}  // namespace exotap
