#include "proxy/wire/session.h"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <utility>

#include "proxy/wire/address_range.h"
#include "proxy/wire/error_names.h"
#include "proxy/wire/own_answer.h"

namespace exotap::wire {
namespace {

constexpr std::size_t kMaxLingered = 16 * 1024 * 1024;  // bytes dropped after our last word

}  // namespace

Session::Session(IoThread& thread, Socket socket, ClientPlaces::Place place)
    : thread_(thread),
      among_clients_(std::move(place)),
      place_(thread.sessions.insert(thread.sessions.end(), this)),
      client_(std::move(socket), thread.pool),
      patience_(thread.deadlines, client_, *this) {
  ErrorCode ignored;
  client_.socket().non_blocking(true, ignored);
  client_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  connection_.id = thread.shared.ids.connection.fetch_add(1, std::memory_order_relaxed) + 1;
  const auto client = client_.socket().remote_endpoint(ignored);
  connection_.client = {plain(client.address()).to_string(), client.port()};
  from_elsewhere_ = !is_loopback(client.address());
  thread_.shared.tap.accepted(connection_.id, connection_.client);
}

Session::~Session() {
  thread_.sessions.erase(place_);
  // The last one of a draining thread ends its loop.
  if (thread_.draining && thread_.sessions.empty()) thread_.io.stop();
}

Task<void> Session::run() {
  bool more = co_await read_head();
  while (more) {
    if (source_.framer.message().head.method() == "CONNECT") {
      co_await serve_connect();
      more = std::exchange(asks_again_, false);
    } else {
      more = co_await serve_clear();
    }
    if (more) more = co_await read_head();
  }
  patience_.end();
  if (server_) server_->close();
  if (upstream_.tunnel) co_await upstream_.tunnel->ended();
  co_await linger();
}

// An idle connection may wait; a head begun must be finished, and no byte of it buys more time.
std::chrono::milliseconds Session::head_patience(SteadyTime& begun) const {
  const Settings& settings = thread_.shared.settings;
  if (source_.framer.between_messages()) return settings.idle_timeout;
  const SteadyTime now = SteadyClock::now();
  if (begun == SteadyTime{}) begun = now;
  // Nothing once it is over: the next look ends it, though a byte comes before every look.
  const auto left = begun + settings.head_timeout - now;
  return std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds(0));
}

// Reads until a request's head is complete. False where the connection is over.
Task<bool> Session::read_head() {
  if (source_.head_ready) co_return true;
  Chunk& chunk = source_.bytes;
  wait_ = Wait::head;
  SteadyTime head_begun{};
  while (client_.is_open()) {
    while (chunk.size() > 0) {
      const http::Step step = source_.framer.read({chunk.filled(), chunk.size()});
      chunk.consume(step.consumed);
      if (step.part == http::Part::head) {
        patience_.end();
        source_.head_ready = true;
        co_return true;
      }
      if (step.part == http::Part::refused) {
        const http::FramingError error = source_.framer.error();
        const std::string answer = refusal_answer(error, source_.framer.error_reason());
        const Fault fault{FaultType::http, Stage::request, std::string(to_string(error)),
                          std::string(source_.framer.error_reason())};
        co_await refuse(answer, "ambiguous_framing", fault);
        co_return false;
      }
    }
    if (!chunk) chunk = thread_.pool.take();
    const ReadResult got = client_.read_some(chunk.room(), chunk.room_size());
    if (got.state == ReadState::would_block) {
      chunk.release();
      patience_.begin(head_patience(head_begun), false);
      const ErrorCode error = co_await client_.wait_readable();
      patience_.end();
      if (error) break;
      continue;
    }
    if (got.state != ReadState::data) break;
    chunk.end += got.size;
  }
  chunk.release();
  co_return false;
}

// Answers by ourselves and records it; the connection ends.
Task<void> Session::refuse(std::string_view answer, std::string_view reason, const Fault& fault) {
  OpenExchange open = connection_.begin(thread_.shared.ids);
  open.record->request = source_.framer.message();
  open.record->answer = as_message(answer);
  open.record->handling = Handling::refused;
  open.record->handling_reason = reason;
  open.record->fault = fault;
  offer(open);
  co_await client_.write(answer);
}

// Says goodbye so that our last words arrive: a close with unread input would reset them away.
Task<void> Session::linger() {
  if (!client_.is_open()) co_return;
  client_.shutdown_send();
  timed_out_ = false;
  wait_ = Wait::head;
  patience_.begin(kCloseGrace, false);
  Chunk chunk = thread_.pool.take();
  std::size_t dropped = 0;
  while (dropped < kMaxLingered) {
    const ReadResult got = client_.read_some(chunk.data(), kChunkSize);
    if (got.state == ReadState::data) {
      dropped += got.size;
      continue;
    }
    if (got.state != ReadState::would_block) break;
    chunk.release();
    if (co_await client_.wait_readable()) break;
    chunk = thread_.pool.take();
  }
  patience_.end();
  client_.close();
}

Task<bool> Session::dial(Exchange& record, HostPort target, NamedBy who) {
  const DialLimits limits{&thread_.shared.own, from_elsewhere_ && who == NamedBy::client};
  dial_ = std::make_unique<Dial>(thread_.io, std::move(target), limits);
  wait_ = Wait::dial;
  timed_out_ = left_ = false;
  patience_.begin(thread_.shared.settings.connect_timeout);
  co_await dial_->run();
  patience_.end();
  wait_ = Wait::nothing;
  record.server = connection_.server = dial_->server();
  record.timings.dns = dial_->dns_time();
  record.timings.connect = dial_->connect_time();
  record.fault = dial_->fault();
  if (record.fault) {
    dial_.reset();
    if (!is_refused_target(record.fault)) {
      record.fault.detail = fault_sentence(record.fault, connection_.host, connection_.port);
    }
    record.client_aborted = record.fault.type == FaultType::client;
    co_return false;
  }
  Socket socket = dial_->take_socket();
  dial_.reset();
  server_ = std::make_unique<Leg>(std::move(socket), thread_.pool);
  co_return true;
}

void Session::offer(OpenExchange& open) {
  if (open.record) thread_.shared.tap.offer(finish(std::exchange(open, {})));
}

void Session::still_waiting() {
  if (!connect_.record || connect_.told_waiting) return;
  connect_.told_waiting = true;
  const bool direct = connect_.record->upstream_address.empty();
  if (direct && dial_ && !dial_->server().address.empty()) {
    connect_.record->server = dial_->server();
  }
  const Stage stage = wait_ == Wait::dial       ? dial_->stage()
                      : wait_ == Wait::upstream ? Stage::connect
                                                : Stage::tls;
  thread_.shared.tap.offer(waiting_copy(connect_, {FaultType::none, stage, {}, {}}));
}

void Session::out_of_time() {
  timed_out_ = true;
  if (wait_ == Wait::dial) {
    dial_->cancel(false);
  } else if (wait_ == Wait::server_tls || wait_ == Wait::upstream) {
    server_->close();
  } else {
    client_.close();
  }
}

void Session::client_left() {
  left_ = true;
  if (wait_ == Wait::dial) {
    dial_->cancel(true);
  } else if (wait_ == Wait::server_tls || wait_ == Wait::upstream) {
    server_->close();
  } else {
    client_.close();
  }
}

void Session::drain() {
  if (relay_ != nullptr) {
    relay_->drain();
  } else {
    close();
  }
}

void Session::close() {
  if (dial_) dial_->cancel(true);
  client_.close();
  if (server_) server_->close();
}

}  // namespace exotap::wire
