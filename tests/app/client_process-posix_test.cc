#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <thread>

#include "app/child_process.h"
#include "app/client_process.h"
#include "tests/app/real_sockets.h"
#include "tests/certs/pki.h"

namespace exotap {
namespace {

SocketName client_of(const LoopbackPair& pair) { return {pair.client_end(), pair.listening()}; }

TEST(ProcessFinder, FindsThisVeryProcess) {
  const LoopbackPair four(AF_INET);
  const LoopbackPair six(AF_INET6);
  ProcessFinder finder;
  const SocketName listener{four.listening(), {}};
  const std::vector<SocketName> asked = {client_of(four), client_of(six), listener};
  const auto found = finder.find(asked);
  ASSERT_EQ(found.size(), 3U);
  for (const auto& one : found) {
    ASSERT_TRUE(one);
    EXPECT_EQ(one->pid, ::getpid());
    EXPECT_EQ(one->name, "app_test");
  }
}

TEST(ProcessFinder, AYoungThreadIsNotTakenForAProcess) {
  const LoopbackPair pair(AF_INET);
  std::promise<void> end;
  std::thread young([&end] { end.get_future().wait(); });  // the latest number is its own
  const std::vector<SocketName> asked = {client_of(pair)};
  const auto found = ProcessFinder().find(asked);
  end.set_value();
  young.join();
  ASSERT_TRUE(found[0]);
  EXPECT_EQ(found[0]->pid, ::getpid());
}

TEST(ProcessFinder, ASocketThatIsGoneHasNoHolderAndOthersKeepTheirs) {
  auto gone = std::make_unique<LoopbackPair>(AF_INET);
  const LoopbackPair there(AF_INET);
  const std::vector<SocketName> asked = {client_of(*gone), client_of(there)};
  gone.reset();
  ProcessFinder finder;
  const auto found = finder.find(asked);
  EXPECT_FALSE(found[0]);
  ASSERT_TRUE(found[1]);
  EXPECT_EQ(found[1]->pid, ::getpid());
}

TEST(ProcessFinder, MoreThanItsBoundAreNotAskedFor) {
  const LoopbackPair there(AF_INET);
  const std::vector<SocketName> asked(ProcessFinder::kMaxSockets + 1, client_of(there));
  const auto found = ProcessFinder().find(asked);
  ASSERT_EQ(found.size(), asked.size());
  EXPECT_TRUE(found[ProcessFinder::kMaxSockets - 1]);
  EXPECT_FALSE(found.back());
}

// A folder that looks like /proc, in which one process holds the socket.
class ShownProcesses : public testing::Test {
 protected:
  void show(int pid, const std::string& comm, const std::string& program, int socket) {
    const std::filesystem::path folder = root_.path() / std::to_string(pid);
    std::filesystem::create_directories(folder / "fd");
    pki::write_file(folder / "comm", comm + "\n");
    std::filesystem::create_symlink(program, folder / "exe");
    std::filesystem::create_symlink("/dev/null", folder / "fd" / "0");
    if (socket >= 0) {
      std::filesystem::create_symlink(
          "socket:[" + std::to_string(LoopbackPair::inode_of(socket)) + "]", folder / "fd" / "3");
    }
  }
  std::optional<ClientProcess> holder() {
    const std::vector<SocketName> asked = {client_of(pair_)};
    return ProcessFinder(root_.path()).find(asked).front();
  }

  LoopbackPair pair_{AF_INET};
  pki::ScratchFolder root_;
};

TEST_F(ShownProcesses, TheHolderIsFoundAmongOthers) {
  show(11, "sshd", "/usr/sbin/sshd", pair_.server());
  show(12, "curl", "/usr/bin/curl", pair_.client());
  show(13, "bash", "/usr/bin/bash", -1);
  const auto found = holder();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "curl");
  EXPECT_EQ(found->pid, 12);
}

TEST_F(ShownProcesses, ALongNameComesFromTheProgramsFile) {
  show(12, "gnome-control-c", "/usr/bin/gnome-control-center (deleted)", pair_.client());
  EXPECT_EQ(holder()->name, "gnome-control-center");
}

TEST_F(ShownProcesses, ALongNameOfItsOwnStays) {
  show(12, "outlook-worker-", "/usr/bin/python3", pair_.client());
  EXPECT_EQ(holder()->name, "outlook-worker-");
}

TEST_F(ShownProcesses, NobodyHoldsIt) {
  show(11, "sshd", "/usr/sbin/sshd", pair_.server());
  EXPECT_FALSE(holder());
}

}  // namespace
}  // namespace exotap
