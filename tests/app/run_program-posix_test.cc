#include <gmock/gmock.h>
#include <stdlib.h>

#include "app/run_program.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

using testing::HasSubstr;

TEST(RunProgram, GivesWhatItSaidOnBothStreamsAndItsEnd) {
  const ProgramResult result = run_program_to_end({"sh", "-c", "echo out; echo err >&2; exit 3"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.output, "out\nerr\n");
}

TEST(RunProgram, TakesEveryWordAsItIs) {
  EXPECT_EQ(run_program_to_end({"printf", "%s|", "a b", "$HOME", "*", "'"}).output,
            "a b|$HOME|*|'|");
}

TEST(RunProgram, HasNothingToRead) {
  EXPECT_EQ(run_program_to_end({"cat"}).output, "");
  EXPECT_EQ(run_program_to_end({"cat"}).exit_code, 0);
}

TEST(RunProgram, AMissingProgramIsSaidSo) {
  EXPECT_EQ(run_program_to_end({"no-such-program-of-exotap"}).exit_code, 127);
  EXPECT_THAT(run_program_to_end({"/no/such"}).output, HasSubstr("no such program"));
  EXPECT_EQ(run_program_to_end({}).exit_code, 127);
}

TEST(RunProgram, OneThatNeverEndsIsEnded) {
  const auto begun = std::chrono::steady_clock::now();
  const ProgramResult result = run_program_to_end({"sleep", "1000"}, std::chrono::milliseconds(50));
  EXPECT_NE(result.exit_code, 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
}

TEST(RunProgram, WhatIsTooMuchIsReadAndForgotten) {
  const ProgramResult result =
      run_program_to_end({"sh", "-c", "yes $(seq -s- 100) | head -c 9000000"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_LE(result.output.size(), kMaxProgramOutput);
  EXPECT_EQ(result.output.size(), kMaxSaid);
}

TEST(FindProgram, LooksInPathAndInNoFolderThatIsRelative) {
  const pki::ScratchFolder folder;
  const std::filesystem::path file = folder.path() / "tool-of-a-test";
  pki::write_file(file, "#!/bin/sh\n");
  const std::string before = ::getenv("PATH");
  ::setenv("PATH", folder.path().c_str(), 1);
  EXPECT_FALSE(find_program("tool-of-a-test"));  // no program yet
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  EXPECT_EQ(find_program("tool-of-a-test"), file);
  EXPECT_TRUE(find_program("sh"));  // PATH does not name /bin
  ::setenv("PATH", std::filesystem::relative(folder.path()).c_str(), 1);
  EXPECT_FALSE(find_program("tool-of-a-test"));
  ::setenv("PATH", before.c_str(), 1);
  EXPECT_FALSE(find_program(""));
}

}  // namespace
}  // namespace exotap
