#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "app/child_process.h"

namespace exotap {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ChildProcess shell(const std::string& script) { return {"/bin/sh", {"-c", script}}; }

TEST(ChildProcess, ItsLinesAreReadAndItsExitCodeTold) {
  ChildProcess child = shell("echo one; printf 'two\\n\\nlast without end'; exit 7");
  std::string line;
  std::vector<std::string> lines;
  while (child.read_line(line)) lines.push_back(line);
  EXPECT_EQ(lines, (std::vector<std::string>{"one", "two", "", "last without end"}));
  EXPECT_EQ(child.stop(seconds(10)), 7);
  EXPECT_EQ(child.stop(seconds(10)), 7);
}

TEST(ChildProcess, NothingElseOfThisProcessIsOpenInIt) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ChildProcess child = shell("ls /proc/self/fd");
  std::string line;
  std::vector<std::string> lines;
  while (child.read_line(line)) lines.push_back(line);
  // By 3 the list is read.
  EXPECT_EQ(lines, (std::vector<std::string>{"0", "1", "2", "3"}));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(ChildProcess, ALineWithoutEndComesInParts) {
  ChildProcess child = shell("head -c 150000 /dev/zero | tr '\\0' x");
  std::string line;
  std::size_t size = 0;
  while (child.read_line(line)) {
    EXPECT_LE(line.size(), ChildProcess::kMaxLine + 4096);
    size += line.size();
  }
  EXPECT_EQ(size, 150000U);
}

TEST(ChildProcess, StopsWhenAsked) {
  ChildProcess child = shell("trap 'echo bye; exit 3' TERM; echo ready; while :; do read x; done");
  std::string line;
  ASSERT_TRUE(child.read_line(line));
  EXPECT_EQ(child.stop(seconds(10)), 3);
  ASSERT_TRUE(child.read_line(line));
  EXPECT_EQ(line, "bye");
}

TEST(ChildProcess, IsEndedWhenItDoesNotListen) {
  ChildProcess child = shell("trap '' TERM; echo ready; while :; do :; done");
  std::string line;
  ASSERT_TRUE(child.read_line(line));
  EXPECT_EQ(child.stop(milliseconds(50)), 128 + SIGKILL);
}

TEST(ChildProcess, StartsWithSignalsUnblockedAndDefault) {
  sigset_t block;
  sigset_t before;
  sigemptyset(&block);
  sigaddset(&block, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &block, &before);
  {
    ChildProcess child = shell("echo ready; while :; do :; done");
    std::string line;
    ASSERT_TRUE(child.read_line(line));
    EXPECT_EQ(child.stop(seconds(10)), 128 + SIGTERM);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST(ChildProcess, AMissingProgramIsAnError) {
  EXPECT_THROW(ChildProcess("/nowhere/exotap", {}), std::system_error);
}

TEST(ChildProcess, KnowsThisProgram) { EXPECT_TRUE(std::filesystem::exists(own_executable())); }

}  // namespace
}  // namespace exotap
