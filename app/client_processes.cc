#include "app/client_processes.h"

#include <algorithm>
#include <utility>

namespace exotap {
namespace {

constexpr std::chrono::milliseconds kLookAgain{200};  // a missed waking costs no more

using Processes = std::vector<std::optional<ClientProcess>>;

// Whether all of these are the one program that the last look-up found, too.
bool same_again(const Processes& found, std::int64_t& last_pid) {
  const std::int64_t before = last_pid;
  last_pid = found.empty() || !found.back() ? 0 : found.back()->pid;
  return before != 0 && std::ranges::all_of(found, [before](const auto& process) {
           return process && process->pid == before;
         });
}

// The other end of a client's socket, as the client has it. Where exotap listens on every address
// that is not known, but who connects to this computer from it has the same address at both ends.
Endpoint other_end(const Endpoint& client, const Endpoint& listening) {
  const bool everywhere = listening.address == "0.0.0.0" || listening.address == "::";
  return {everywhere ? client.address : listening.address, listening.port};
}

}  // namespace

ClientProcesses::ClientProcesses(FindProcesses find) : find_(std::move(find)) {}

ClientProcesses::~ClientProcesses() {
  ending_.store(true, std::memory_order_release);
  { const std::lock_guard lock(mutex_); }
  awake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ClientProcesses::accepted(std::uint64_t connection_id, const Endpoint& client) noexcept {
  Accepted item{connection_id, client};
  waiting_.fetch_add(1, std::memory_order_relaxed);
  if (!queue_.push(item)) {
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    return;
  }
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (!asleep_.exchange(false, std::memory_order_relaxed)) return;
  { const std::lock_guard lock(mutex_); }  // the sleeper has looked, or has not yet
  awake_.notify_one();
}

void ClientProcesses::start(const Endpoint& listening) {
  thread_ = std::thread([this, listening] { run(listening); });
}

bool ClientProcesses::take(std::vector<Accepted>& batch) {
  Accepted item;
  while (batch.size() < ProcessFinder::kMaxSockets && queue_.pop(item)) {
    batch.push_back(std::move(item));
  }
  return !batch.empty();
}

void ClientProcesses::run(Endpoint listening) {
  using Clock = std::chrono::steady_clock;
  std::vector<Accepted> batch;
  Clock::duration debt{0};  // the time that would have to pass for what look-ups took
  Clock::time_point ended = Clock::now();
  std::int64_t last_pid = 0;
  while (!ending_.load(std::memory_order_acquire)) {
    if (!take(batch)) {
      std::unique_lock lock(mutex_);
      awake_.wait_for(lock, kLookAgain, [this] {
        asleep_.store(true, std::memory_order_relaxed);
        std::atomic_thread_fence(std::memory_order_seq_cst);
        return ending_.load(std::memory_order_acquire) || !queue_.empty();
      });
      asleep_.store(false, std::memory_order_relaxed);
      continue;
    }
    const Clock::time_point begun = Clock::now();
    std::vector<SocketName> names;
    for (const Accepted& one : batch)
      names.push_back({one.client, other_end(one.client, listening)});
    Processes found = find_(names);
    Clock::duration pause = same_again(found, last_pid) ? kGather : Clock::duration::zero();
    learn(batch, std::move(found));
    batch.clear();
    const Clock::time_point now = Clock::now();
    const Clock::duration paid = std::max(debt - (begun - ended), Clock::duration::zero());
    debt = std::min<Clock::duration>(paid + (now - begun) * (kShare - 1), 2 * kShare * kBurst);
    ended = now;
    if (debt > kShare * kBurst) {
      pause = std::max(pause, std::min<Clock::duration>(debt - kShare * kBurst, kMaxRest));
    }
    if (pause > Clock::duration::zero()) rest(pause);
  }
}

// Nobody is woken by a connection meanwhile: not the sleeper, and not the I/O thread to wake it.
void ClientProcesses::rest(std::chrono::steady_clock::duration time) {
  std::unique_lock lock(mutex_);
  awake_.wait_for(lock, time, [this] { return ending_.load(std::memory_order_acquire); });
}

void ClientProcesses::learn(const std::vector<Accepted>& batch,
                            std::vector<std::optional<ClientProcess>>&& processes) {
  processes.resize(batch.size());
  {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      remember(batch[i].connection, std::move(processes[i]));
    }
    waiting_.fetch_sub(batch.size(), std::memory_order_relaxed);
  }
  learned_.notify_all();
}

// Under the lock.
void ClientProcesses::remember(std::uint64_t connection, std::optional<ClientProcess> process) {
  if (const auto old = by_connection_.find(connection); old != by_connection_.end()) {
    old->second->process = std::move(process);
    return;
  }
  known_.push_front({connection, std::move(process)});
  by_connection_.emplace(connection, known_.begin());
  if (known_.size() <= kMaxKnown) return;
  by_connection_.erase(known_.back().connection);
  known_.pop_back();
}

void ClientProcesses::state(const Exchange& exchange, Facts& facts) {
  const std::uint64_t id = exchange.connection_id;
  std::unique_lock lock(mutex_);
  auto found = by_connection_.find(id);
  if (found == by_connection_.end()) {
    // Its look-up was asked for before the exchange began: with none under way there will be none.
    learned_.wait_for(lock, kPatience, [&] {
      const std::size_t waiting = waiting_.load(std::memory_order_relaxed);
      return by_connection_.contains(id) || waiting == 0 || waiting > kMaxBacklog;
    });
    if (!by_connection_.contains(id)) remember(id, std::nullopt);  // not waited for again
    found = by_connection_.find(id);
  }
  known_.splice(known_.begin(), known_, found->second);
  if (found->second->process) state_process(*found->second->process, facts);
}

}  // namespace exotap
