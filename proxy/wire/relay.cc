#include "proxy/wire/relay.h"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

namespace exotap::wire {
namespace {

constexpr std::chrono::milliseconds kTick{15000};
constexpr std::size_t kLeastRoom = 16 * 1024;  // one TLS record's worth

}  // namespace

Relay::Relay(IoThread& thread, Leg& client, Leg& server, ConnectionRecord& connection,
             RequestSource& source, RequestGate* gate)
    : Deadline(thread.deadlines),
      thread_(thread),
      client_(client),
      server_(server),
      connection_(connection),
      source_(source),
      gate_(gate),
      first_sequence_(connection.next_sequence),
      draining_(thread.draining) {}

Task<RelayEnd> Relay::run() {
  using boost::asio::experimental::awaitable_operators::operator&&;
  active_ = SteadyClock::now();
  set(active_ + std::min<std::chrono::milliseconds>(
                    kTick, thread_.shared.settings.idle_timeout / 4 + kDeadlineTick));
  co_await (pump_requests() && pump_answers());
  clear();
  finish_all();
  co_return switching_ ? RelayEnd::other_server : RelayEnd::closed;
}

// Reads what has arrived, up to a whole chunk, so that bulk is forwarded in large pieces.
ReadState Relay::fill(Leg& leg, Chunk& chunk) {
  if (!chunk) chunk = thread_.pool.take();
  ReadResult got = leg.read_some(chunk.room(), chunk.room_size());
  const ReadState state = got.state;
  while (got.state == ReadState::data) {
    chunk.end += got.size;
    if (chunk.room_size() < kLeastRoom) break;
    got = leg.read_some(chunk.room(), chunk.room_size());
  }
  return state;
}

Task<void> Relay::pump_requests() {
  if (source_.head_ready) {
    source_.head_ready = false;
    active_ = SteadyClock::now();
    Forward first;
    if (!admit_head({}, 0, first)) first.then = Then::refuse;
    if (!first.data.empty() && co_await server_.write(first.data)) co_return;
    if (first.then == Then::go_on) first = next_request_bytes({});  // it may end with its head
    if (first.then == Then::await_upgrade) co_await wait_for_answers();
  }
  while (client_.is_open() && server_.is_open()) {
    Chunk& chunk = source_.bytes;
    if (chunk.size() == 0) {
      const ReadState state = fill(client_, chunk);
      if (state == ReadState::would_block) {
        chunk.release();
        const auto [error] = co_await client_.readable();
        if (error) break;
        continue;
      }
      if (state != ReadState::data) {
        chunk.release();
        client_ended(state == ReadState::failed);
        co_return;
      }
      active_ = SteadyClock::now();
    }
    const Forward forward = next_request_bytes({chunk.filled(), chunk.size()});
    if (!forward.data.empty()) {
      const std::size_t taken = server_.write_some(forward.data);
      if (taken < forward.data.size() || server_.pending()) {
        // A server that takes no more may still have answered: its direction decides.
        if (co_await server_.write(forward.data.substr(taken))) co_return;
      } else if (server_.error()) {
        co_return;
      }
    }
    chunk.consume(forward.used);
    if (forward.then == Then::await_upgrade) {
      co_await wait_for_answers();
    } else if (forward.then == Then::refuse) {
      co_await refuse_request();
      co_return;
    } else if (forward.then == Then::other_server) {
      co_await wait_for_answers();
      server_.close();
      co_return;
    } else if (under_way_.size() >= kMaxPipelined) {
      co_await wait_for_answers();
    }
  }
}

Task<void> Relay::pump_answers() {
  Chunk chunk;
  while (server_.is_open()) {
    if (chunk.size() == 0) {
      const ReadState state = fill(server_, chunk);
      if (state == ReadState::would_block) {
        chunk.release();
        const auto [error] = co_await server_.readable();
        if (error) break;
        continue;
      }
      if (state != ReadState::data) break;
      active_ = SteadyClock::now();
    }
    const Forward forward = next_answer_bytes({chunk.filled(), chunk.size()});
    if (!forward.data.empty()) {
      const std::size_t taken = client_.write_some(forward.data);
      if (taken < forward.data.size() || client_.pending()) {
        if (co_await client_.write(forward.data.substr(taken))) break;
      } else if (client_.error()) {
        break;
      }
    }
    chunk.consume(forward.used);
    if (forward.then == Then::refuse) {
      co_await refuse_answer();
      break;
    }
    if (forward.then == Then::stop || (draining_ && idle())) break;
  }
  chunk.release();
  co_await server_ended();
}

// The request's side waits for the answers: until none is under way, or all is over.
Task<void> Relay::wait_for_answers() {
  while (!under_way_.empty() && !opaque_ && client_.is_open() && server_.is_open()) {
    if (!wake_) wake_.emplace(thread_.io);
    wake_->expires_at(SteadyTime::max());
    co_await wake_->async_wait(as_result);
  }
}

void Relay::wake_requests() {
  if (wake_) wake_->cancel();
}

void Relay::finish_front() {
  OpenExchange done = std::move(under_way_.front());
  under_way_.erase(under_way_.begin());
  thread_.shared.tap.offer(finish(std::move(done), active_));
}

void Relay::finish_all() {
  active_ = SteadyClock::now();
  while (!under_way_.empty()) {
    OpenExchange& open = under_way_.front();
    if (!open.request_done) open.record->request = source_.framer.message();
    if (!open.answer_done && open.answer_has_begun()) open.record->answer = answers_.message();
    if (!open.answer_done && !open.record->fault) {
      open.record->fault = end_ ? end_ : Fault{FaultType::http, Stage::answer, "EOF", {}};
      open.record->client_aborted = open.record->fault.type == FaultType::client;
    }
    finish_front();
  }
}

void Relay::drain() {
  draining_ = true;
  if (!opaque_ && !idle()) return;
  // The last answer's bytes may still be on their way: pump_answers ends it then.
  if (!opaque_ && client_.pending()) return;
  client_.shutdown_send();
  client_.close();
  server_.close();
  wake_requests();
}

// A head that comes a byte at a time keeps a connection from ever being idle. Looked at with each
// tick, so that no request pays for it.
bool Relay::head_takes_too_long(SteadyTime now) {
  if (opaque_ || !source_.framer.inside_head()) {
    head_begun_ = {};
    return false;
  }
  if (head_begun_ == SteadyTime{} || head_of_ != connection_.next_sequence) {
    head_begun_ = now;
    head_of_ = connection_.next_sequence;
  }
  return now - head_begun_ >= thread_.shared.settings.head_timeout;
}

void Relay::expired() {
  const SteadyTime now = SteadyClock::now();
  const auto idle = thread_.shared.settings.idle_timeout;
  if (head_takes_too_long(now)) {
    client_ended(false);
    wake_requests();
    return;
  }
  if (now >= close_at_ || now - active_ >= idle) {
    if (!end_ && now < close_at_) end_ = {FaultType::timeout, Stage::answer, "ETIMEDOUT", {}};
    client_.close();
    server_.close();
    wake_requests();
    return;
  }
  SteadyTime next = now + std::min<std::chrono::milliseconds>(kTick, idle / 4 + kDeadlineTick);
  if (!under_way_.empty() && !opaque_) {
    OpenExchange& front = under_way_.front();
    const bool silent = front.request_done && !front.answer_has_begun();
    if (silent && !front.told_waiting) {
      const SteadyTime notice = front.request_ended + kAnswerNotice;
      if (now >= notice) {
        front.told_waiting = true;
        thread_.shared.tap.offer(waiting_copy(front, {FaultType::none, Stage::answer, {}, {}}));
      } else {
        next = std::min(next, notice);
      }
    }
  }
  set(std::min(next, close_at_));
}

}  // namespace exotap::wire
