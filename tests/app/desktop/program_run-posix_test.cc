#include <gtest/gtest.h>

#include "app/desktop/program_run.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;

TEST(ProgramRun, SaysWhatTheProgramSaid) {
  const ProgramRun run =
      run_program("sh", {"-c", "echo out; echo \"$0\" >&2; exit 3", "a b'\"$"}, 20s);
  EXPECT_TRUE(run.started);
  EXPECT_FALSE(run.succeeded());
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(run.out, "out\n");
  EXPECT_EQ(run.errors, "a b'\"$\n");
}

TEST(ProgramRun, AProgramThatIsNotThereIsNotStarted) {
  const ProgramRun run = run_program("exotap-no-such-program", {}, 20s);
  EXPECT_FALSE(run.started);
  EXPECT_FALSE(run.succeeded());
}

TEST(ProgramRun, AProgramThatDoesNotEndIsKilledWithItsChildren) {
  const auto begun = std::chrono::steady_clock::now();
  const ProgramRun run = run_program("sh", {"-c", "sleep 100; true"}, 200ms);
  EXPECT_TRUE(run.timed_out);
  EXPECT_FALSE(run.succeeded());
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 20s);
}

TEST(ProgramRun, OutputIsBoundedAndReadToItsEnd) {
  const ProgramRun run = run_program("sh", {"-c", "head -c 4000000 /dev/zero; exit 0"}, 20s);
  EXPECT_TRUE(run.succeeded());
  EXPECT_EQ(run.out.size(), kMaxSaid);
}

TEST(ProgramRun, SpeaksEnglishAndReadsNothing) {
  const ProgramRun run = run_program("sh", {"-c", "echo \"$LC_ALL\"; cat"}, 20s);
  EXPECT_EQ(run.out, "C.UTF-8\n");
}

TEST(ProgramRun, ASignalIsAnExitCode) {
  EXPECT_EQ(run_program("sh", {"-c", "kill -TERM $$"}, 20s).exit_code, 128 + 15);
}

}  // namespace
}  // namespace exotap
