// The processes behind the client connections, looked up beside the traffic.
//
// An I/O thread says that a client has connected; a thread of this object's own asks the system at
// once, for the client may be gone soon, many connections together where many come; the analysis
// thread states the answer for every exchange of the connection.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <unordered_map>
#include <vector>

#include "app/client_process.h"
#include "capture/bounded_queue.h"
#include "capture/exchange.h"
#include "capture/tap.h"

namespace exotap {

using FindProcesses =
    std::function<std::vector<std::optional<ClientProcess>>(std::span<const SocketName>)>;

class ClientProcesses {
 public:
  static constexpr std::size_t kMaxQueued = 1024;  // connections waiting for their look-up
  // Connections remembered, least used go first: many times what a desk has open, and few enough
  // that a long run is soon as large as it will be.
  static constexpr std::size_t kMaxKnown = 4096;
  static constexpr std::size_t kMaxBacklog = 64;             // with more to look up, nobody waits
  static constexpr std::chrono::milliseconds kPatience{50};  // of the analysis, once a connection
  // Look-ups are work: after a burst no more than this part of a core goes to them. Who comes while
  // they rest is looked up together afterwards.
  static constexpr int kShare = 8;
  static constexpr std::chrono::milliseconds kBurst{100};
  static constexpr std::chrono::milliseconds kMaxRest{20};  // at a time
  // A program that is known and keeps connecting is not gone in a moment: its connections wait for
  // each other, this long, and cost one look-up. A new program's are asked for at once.
  static constexpr std::chrono::milliseconds kGather{20};

  // `find` is called on the thread of look-ups only.
  explicit ClientProcesses(FindProcesses find);
  ~ClientProcesses();
  ClientProcesses(const ClientProcesses&) = delete;
  ClientProcesses& operator=(const ClientProcesses&) = delete;

  // Any thread; takes no lock and never blocks. What has no room is never looked up.
  void accepted(std::uint64_t connection_id, const Endpoint& client) noexcept;

  // Look-ups begin; until then they queue. `listening` is the end that clients connect to.
  void start(const Endpoint& listening);

  // States the process of the exchange's connection where it is known. Waits for a look-up that is
  // under way, no longer than kPatience. For the analysis thread.
  void state(const Exchange& exchange, Facts& facts);

 private:
  struct Accepted {
    std::uint64_t connection = 0;
    Endpoint client;
  };
  struct Known {
    std::uint64_t connection = 0;
    std::optional<ClientProcess> process;
  };
  void run(Endpoint listening);
  bool take(std::vector<Accepted>& batch);
  void learn(const std::vector<Accepted>& batch,
             std::vector<std::optional<ClientProcess>>&& processes);
  void rest(std::chrono::steady_clock::duration time);
  void remember(std::uint64_t connection, std::optional<ClientProcess> process);

  const FindProcesses find_;
  BoundedQueue<Accepted> queue_{kMaxQueued};
  std::atomic<std::size_t> waiting_{0};  // accepted, and not looked up yet
  std::atomic<bool> asleep_{false};
  std::atomic<bool> ending_{false};
  std::mutex mutex_;  // what follows; accepted() takes it only to wake a sleeper
  std::condition_variable awake_;
  std::condition_variable learned_;
  std::list<Known> known_;  // the latest used in front
  std::unordered_map<std::uint64_t, std::list<Known>::iterator> by_connection_;
  std::thread thread_;
};

// Tells each of the two what is theirs.
class WatchedTap : public Tap {
 public:
  // Both outlive it.
  WatchedTap(Tap& exchanges, ClientProcesses& processes)
      : exchanges_(exchanges), processes_(processes) {}
  void offer(ExchangePtr exchange) noexcept override { exchanges_.offer(std::move(exchange)); }
  void accepted(std::uint64_t connection_id, const Endpoint& client) noexcept override {
    processes_.accepted(connection_id, client);
  }

 private:
  Tap& exchanges_;
  ClientProcesses& processes_;
};

}  // namespace exotap
