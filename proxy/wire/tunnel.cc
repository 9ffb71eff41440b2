#include "proxy/wire/tunnel.h"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>

namespace exotap::wire {
namespace {

constexpr std::chrono::milliseconds kTick{15000};

}  // namespace

Task<TunnelEnd> Tunnel::run() {
  using boost::asio::experimental::awaitable_operators::operator&&;
  active_ = SteadyClock::now();
  expired();
  co_await (copy(client_, server_, end_.from_client) && copy(server_, client_, end_.from_server));
  clear();
  co_return end_;
}

Task<void> Tunnel::copy(Leg& from, Leg& to, std::uint64_t& count) {
  Chunk chunk;
  while (from.is_open() && to.is_open()) {
    if (!chunk) chunk = thread_.pool.take();
    const ReadResult got = from.read_some(chunk.data(), kChunkSize);
    if (got.state == ReadState::would_block) {
      chunk.release();
      if (co_await from.wait_readable()) break;
      continue;
    }
    if (got.state != ReadState::data) saw_end(from, got.state == ReadState::failed);
    if (got.state == ReadState::closed) {
      to.shutdown_send();
      co_return;
    }
    if (got.state == ReadState::failed) break;
    active_ = SteadyClock::now();
    count += got.size;
    saw(from, {chunk.data(), got.size});
    if (co_await to.write({chunk.data(), got.size})) break;
  }
  // A reset of one side is a reset for the other.
  from.close(true);
  to.close(true);
}

void Tunnel::saw(const Leg& from, std::string_view bytes) {
  if (watch_ == nullptr || !watch_->watching()) return;
  if (&from == &client_) {
    watch_->client_sent(bytes);
  } else {
    watch_->server_sent(bytes);
  }
}

void Tunnel::saw_end(const Leg& from, bool reset) {
  if (ended_) return;
  ended_ = true;
  end_.server_first = &from == &server_;
  end_.reset = reset;
}

void Tunnel::expired() {
  const auto idle = thread_.shared.settings.idle_timeout;
  const SteadyTime now = SteadyClock::now();
  if (now - active_ >= idle) {
    end_.timed_out = true;
    client_.close();
    server_.close();
    return;
  }
  set(now + std::min<std::chrono::milliseconds>(kTick, idle / 4 + kDeadlineTick));
}

}  // namespace exotap::wire
