#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "app/signals.h"
#include "tests/app/kept_signals.h"

namespace exotap {
namespace {

class SignalsTest : public testing::Test {
 protected:
  KeptSignals kept_;
};

TEST_F(SignalsTest, HangUpReloadsInterruptAndTerminateStop) {
  Signals signals;
  ASSERT_EQ(std::raise(SIGHUP), 0);
  EXPECT_EQ(signals.wait(), Request::reload);
  ASSERT_EQ(std::raise(SIGTERM), 0);
  EXPECT_EQ(signals.wait(), Request::stop);
  ASSERT_EQ(std::raise(SIGINT), 0);
  EXPECT_EQ(signals.wait(), Request::stop);
}

// In a terminal of its own, a child says what its first two requests were: by its exit code.
TEST_F(SignalsTest, HangUpStopsWhereTheTerminalIsGone) {
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  ASSERT_GE(child, 0);
  if (child == 0) {
    Signals signals;
    if (::write(STDOUT_FILENO, "1", 1) != 1) ::_exit(1);
    if (signals.wait() != Request::reload) ::_exit(2);
    if (::write(STDOUT_FILENO, "2", 1) != 1) ::_exit(3);
    ::_exit(signals.wait() == Request::stop ? 0 : 4);
  }
  char word = 0;
  ASSERT_EQ(::read(terminal, &word, 1), 1);
  ASSERT_EQ(::kill(child, SIGHUP), 0);
  ASSERT_EQ(::read(terminal, &word, 1), 1);
  EXPECT_EQ(word, '2');
  ::close(terminal);
  int status = 0;
  alarm(20);  // where it waits on, nobody would end this
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  alarm(0);
  EXPECT_EQ(status, 0);
}

TEST_F(SignalsTest, ARequestIsAnsweredOnce) {
  Signals signals;
  ASSERT_EQ(std::raise(SIGHUP), 0);
  ASSERT_EQ(signals.wait(), Request::reload);
  sigset_t pending;
  ASSERT_EQ(sigpending(&pending), 0);
  EXPECT_EQ(sigismember(&pending, SIGHUP), 0);
}

TEST_F(SignalsTest, ABrokenPipeIsAnErrorOfTheWrite) {
  const Signals signals;
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ::close(ends[0]);
  EXPECT_EQ(::write(ends[1], "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  ::close(ends[1]);
}

TEST_F(SignalsTest, AsManyFilesAsTheSystemAllows) {
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  ASSERT_GT(limit.rlim_max, 256U);
  limit.rlim_cur = 256;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_EQ(allow_many_files(), limit.rlim_max);
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_EQ(limit.rlim_cur, limit.rlim_max);
}

}  // namespace
}  // namespace exotap
