#include "app/command.h"

#include <gmock/gmock.h>

#include "tests/app/own_home.h"
#include "tests/app/spoken.h"

namespace exotap {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class CommandTest : public OwnHome {
 protected:
  static Spoken exotap(const std::vector<std::string>& words) { return speak(run_program, words); }
};

TEST_F(CommandTest, NoWordIsWrongUsageAndSaysWhatThereIs) {
  const Spoken said = exotap({});
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.out, IsEmpty());
  for (const Command& command : commands()) {
    EXPECT_THAT(said.errors, HasSubstr("\n  " + std::string(command.name) + " "));
  }
}

TEST_F(CommandTest, HelpIsAnAnswer) {
  for (const char* word : {"--help", "-h", "help"}) {
    const Spoken said = exotap({word});
    EXPECT_EQ(said.code, 0);
    EXPECT_THAT(said.out, HasSubstr("Example:\n  exotap run"));
    EXPECT_THAT(said.errors, IsEmpty());
  }
}

TEST_F(CommandTest, EveryCommandHasHelpWithAnExample) {
  for (const Command& command : commands()) {
    const Spoken said = exotap({std::string(command.name), "--help"});
    EXPECT_EQ(said.code, 0) << command.name;
    EXPECT_THAT(said.out, HasSubstr("Example:\n  exotap " + std::string(command.name)));
    EXPECT_THAT(said.errors, IsEmpty());
  }
}

TEST_F(CommandTest, VersionNamesTheProgram) {
  const Spoken said = exotap({"--version"});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, testing::MatchesRegex("exotap [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_F(CommandTest, AnUnknownCommandIsNamed) {
  const Spoken said = exotap({"rnu"});
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.errors, "exotap: rnu: no such command (see exotap --help)\n");
  EXPECT_THAT(said.out, IsEmpty());
}

TEST_F(CommandTest, TheWordsAfterTheNameAreTheCommands) {
  EXPECT_THAT(exotap({"facts", "x509.not_after"}).out, StartsWith("x509.not_after"));
  EXPECT_EQ(exotap({"facts", "no such fact"}).code, 1);
  const Spoken two = exotap({"facts", "tls", "http"});
  EXPECT_EQ(two.code, 2);
  EXPECT_THAT(two.errors, StartsWith("exotap: facts: "));
}

}  // namespace
}  // namespace exotap
