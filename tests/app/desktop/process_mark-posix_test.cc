#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/desktop/process_mark.h"

namespace exotap {
namespace {

TEST(ProcessMark, ThisProcessRuns) {
  const ProcessMark self = this_process();
  EXPECT_EQ(self.id, getpid());
  EXPECT_FALSE(self.begun.empty());
  EXPECT_TRUE(is_running(self));
}

TEST(ProcessMark, AnotherOneWithTheSameNumberIsNotIt) {
  ProcessMark other = this_process();
  other.begun += "1";
  EXPECT_FALSE(is_running(other));
  EXPECT_FALSE(is_running({getpid(), ""}));
  EXPECT_FALSE(is_running({0, "x"}));
  EXPECT_FALSE(is_running({-1, "x"}));
}

TEST(ProcessMark, OneThatHasEndedDoesNotRunEvenUnburied) {
  int said[2];
  int asked[2];
  ASSERT_EQ(pipe(said), 0);
  ASSERT_EQ(pipe(asked), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::string begun = this_process().begun;
    char byte = 0;
    _exit(write(said[1], begun.data(), begun.size()) > 0 && read(asked[0], &byte, 1) == 1 ? 0 : 1);
  }
  std::string begun(200, '\0');
  const ssize_t size = read(said[0], begun.data(), begun.size());
  ASSERT_GT(size, 0);
  begun.resize(static_cast<std::size_t>(size));
  const ProcessMark mark{child, begun};
  EXPECT_TRUE(is_running(mark));
  EXPECT_TRUE(outlives(mark, std::chrono::milliseconds(20)));
  ASSERT_EQ(write(asked[1], "x", 1), 1);
  EXPECT_FALSE(outlives(mark, std::chrono::seconds(20)));
  siginfo_t info{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
  EXPECT_FALSE(is_running(mark));
  waitpid(child, nullptr, 0);
  EXPECT_FALSE(is_running(mark));
  for (const int end : {said[0], said[1], asked[0], asked[1]}) close(end);
}

}  // namespace
}  // namespace exotap
