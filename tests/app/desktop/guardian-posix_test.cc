#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>

#include "app/desktop/guardian.h"
#include "app/temporary_folder.h"

namespace exotap {
namespace {

class GuardianTest : public ::testing::Test {
 protected:
  // A guardian that writes down what is open in it, waits, and then what came first.
  std::string start(Guardian& guardian) {
    return guardian.start("/bin/sh", {"-c",
                                      "ls /proc/self/fd > open; : > here; "
                                      "test -e over && when=after || when=before; cat; "
                                      "test -e over && echo $when, then the end > done",
                                      "sh"});
  }
  void SetUp() override {
    before_ = std::filesystem::current_path();
    std::filesystem::current_path(folder_.path());
  }
  void TearDown() override { std::filesystem::current_path(before_); }
  static std::string contents(const char* name) {
    std::ifstream file(name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  TemporaryFolder folder_{"exotap-guardian-"};
  std::filesystem::path before_;
};

TEST_F(GuardianTest, ActsWhenTheObjectGoesAndNotBefore) {
  std::array<int, 2> held{};
  ASSERT_EQ(::pipe(held.data()), 0);
  {
    Guardian guardian;
    ASSERT_EQ(start(guardian), "");
    while (!std::filesystem::exists("here")) {
    }
    std::ofstream("over") << "";
  }
  EXPECT_EQ(contents("done"), "before, then the end\n");
  // Descriptor 3 is the one by which ls reads the list.
  EXPECT_EQ(contents("open"), "0\n1\n2\n3\n");
  ::close(held[0]);
  ::close(held[1]);
}

// However it ends: nobody is left to close anything by hand.
TEST_F(GuardianTest, ActsWhenTheProcessIsKilled) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    Guardian guardian;
    if (!start(guardian).empty()) ::_exit(1);
    while (!std::filesystem::exists("here")) {
    }
    std::ofstream("over") << "";
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (contents("done").empty() && std::chrono::steady_clock::now() < deadline) {
  }
  EXPECT_EQ(contents("done"), "before, then the end\n");
}

TEST_F(GuardianTest, AProgramThatIsNotThereIsSaid) {
  Guardian guardian;
  EXPECT_NE(guardian.start(folder_.path() / "none", {}), "");
}

TEST_F(GuardianTest, RequestsToEndAreExotapsAndNotItsOwn) {
  std::array<int, 2> input{};
  ASSERT_EQ(::pipe(input.data()), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::dup2(input[0], STDIN_FILENO);
    ::close(input[0]);
    ::close(input[1]);
    std::ofstream("here") << "";
    wait_for_end_of_input("exotap-guardian");
    for (const int request : {SIGHUP, SIGINT, SIGTERM}) ::raise(request);
    std::ifstream comm("/proc/self/comm");
    std::ofstream("done") << comm.rdbuf();
    ::_exit(7);
  }
  ::close(input[0]);
  while (!std::filesystem::exists("here")) {
  }
  ::close(input[1]);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 7) << status;
}

}  // namespace
}  // namespace exotap
