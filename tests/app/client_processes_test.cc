#include "app/client_processes.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace exotap {
namespace {

Exchange exchange_of(std::uint64_t connection) {
  Exchange made;
  made.connection_id = connection;
  return made;
}

// The pid is the client's port.
std::vector<std::optional<ClientProcess>> by_port(std::span<const SocketName> sockets) {
  std::vector<std::optional<ClientProcess>> found;
  for (const SocketName& one : sockets) found.push_back(ClientProcess{"curl", one.local.port});
  return found;
}

std::optional<std::int64_t> pid_of(ClientProcesses& processes, std::uint64_t connection) {
  Facts facts;
  processes.state(exchange_of(connection), facts);
  EXPECT_EQ(facts.has(fact::kProcessName), facts.has(fact::kProcessPid));
  return facts.number(fact::kProcessPid);
}

TEST(ClientProcesses, EveryExchangeOfAConnectionIsToldItsProcess) {
  std::vector<SocketName> asked;
  ClientProcesses processes([&](std::span<const SocketName> sockets) {
    asked.insert(asked.end(), sockets.begin(), sockets.end());
    return by_port(sockets);
  });
  processes.accepted(7, {"127.0.0.1", 4711});
  processes.start({"127.0.0.1", 8888});
  EXPECT_EQ(pid_of(processes, 7), 4711);
  EXPECT_EQ(pid_of(processes, 7), 4711);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].local.port, 4711);
  EXPECT_EQ(asked[0].remote.port, 8888);
}

TEST(ClientProcesses, WhereItListensEverywhereTheClientsAddressIsBothEnds) {
  for (const char* everywhere : {"0.0.0.0", "::"}) {
    for (const char* client : {"127.0.0.1", "::1", "192.0.2.7"}) {
      SocketName asked;
      ClientProcesses processes([&](std::span<const SocketName> sockets) {
        asked = sockets.front();
        return by_port(sockets);
      });
      processes.accepted(7, {client, 4711});
      processes.start({everywhere, 8888});
      EXPECT_EQ(pid_of(processes, 7), 4711);
      EXPECT_EQ(asked.remote.address, client);
      EXPECT_EQ(asked.remote.port, 8888);
    }
  }
}

TEST(ClientProcesses, WhoIsNotKnownIsNotStated) {
  ClientProcesses processes([](std::span<const SocketName> sockets) {
    return std::vector<std::optional<ClientProcess>>(sockets.size());
  });
  processes.start({"127.0.0.1", 8888});
  processes.accepted(7, {"127.0.0.1", 4711});
  EXPECT_EQ(pid_of(processes, 7), std::nullopt);
  EXPECT_EQ(pid_of(processes, 8), std::nullopt);
}

TEST(ClientProcesses, ConnectionsOfAProgramThatKeepsComingShareALookUp) {
  constexpr std::uint64_t kConnections = 30;  // both rounds together below kMaxBacklog
  std::atomic<int> looked = 0;
  ClientProcesses processes([&](std::span<const SocketName> sockets) {
    ++looked;
    return std::vector<std::optional<ClientProcess>>(sockets.size(), ClientProcess{"OUTLOOK", 7});
  });
  processes.start({"127.0.0.1", 8888});
  for (std::uint64_t id = 1; id <= 2; ++id) {  // the second time it is known
    processes.accepted(id, {"127.0.0.1", 4711});
    EXPECT_EQ(pid_of(processes, id), 7);
  }
  EXPECT_EQ(looked, 2);
  // Answered all the same, each within the patience of the analysis.
  for (std::uint64_t id = 3; id <= kConnections; ++id) {
    processes.accepted(id, {"127.0.0.1", 4711});
    processes.accepted(id + kConnections, {"127.0.0.1", 4712});
  }
  EXPECT_EQ(pid_of(processes, kConnections), 7);
  EXPECT_EQ(pid_of(processes, 2 * kConnections), 7);
  EXPECT_LT(looked, 20);
}

TEST(ClientProcesses, TheAnalysisWaitsAMomentForALookUpAndNoLonger) {
  std::promise<void> answer;
  auto may_answer = answer.get_future().share();
  ClientProcesses processes([may_answer](std::span<const SocketName> sockets) {
    may_answer.wait();
    return by_port(sockets);
  });
  processes.start({"127.0.0.1", 8888});
  processes.accepted(7, {"127.0.0.1", 4711});
  EXPECT_EQ(pid_of(processes, 7), std::nullopt);
  // Once is enough: the connection's next exchanges are not held up.
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(pid_of(processes, 7), std::nullopt);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 20 * ClientProcesses::kPatience);
  answer.set_value();
  processes.accepted(8, {"127.0.0.1", 4712});
  EXPECT_EQ(pid_of(processes, 8), 4712);
  EXPECT_EQ(pid_of(processes, 7), 4711);  // the late answer serves what is still to come
}

TEST(ClientProcesses, ABacklogIsNotWaitedForAndWhatHasNoRoomIsNotLookedUp) {
  std::promise<void> answer;
  auto may_answer = answer.get_future().share();
  ClientProcesses processes([may_answer](std::span<const SocketName> sockets) {
    may_answer.wait();
    return by_port(sockets);
  });
  const std::uint16_t many = ClientProcesses::kMaxQueued;
  for (std::uint16_t i = 1; i <= many + 10; ++i) processes.accepted(i, {"127.0.0.1", i});
  processes.start({"127.0.0.1", 8888});
  const auto begun = std::chrono::steady_clock::now();
  for (std::uint64_t i = 1; i <= 200; ++i) EXPECT_EQ(pid_of(processes, i), std::nullopt);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 100 * ClientProcesses::kPatience);
  answer.set_value();
  while (!pid_of(processes, many)) {
  }
  EXPECT_EQ(pid_of(processes, 1), 1);
  EXPECT_EQ(pid_of(processes, many + 5), std::nullopt);
}

TEST(ClientProcesses, EndsWhileSomethingIsQueued) {
  ClientProcesses processes(by_port);
  processes.accepted(1, {"127.0.0.1", 1});
}

}  // namespace
}  // namespace exotap
