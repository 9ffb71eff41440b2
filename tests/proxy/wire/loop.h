// An event loop for tests of what lives on one, and connected sockets on it. Every run is bounded,
// so that a test that goes wrong fails and does not hang.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <utility>

#include "proxy/wire/asio_types.h"

namespace exotap::test {

class Loop {
 public:
  static constexpr std::chrono::seconds kPatience{20};

  Loop() : own_(std::make_unique<wire::asio::io_context>(1)), io_(*own_) {}
  explicit Loop(wire::asio::io_context& io) : io_(io) {}

  [[nodiscard]] wire::asio::io_context& io() { return io_; }

  void begin(wire::Task<void> task) {
    ++running_;
    wire::asio::co_spawn(io_, std::move(task), [this](const std::exception_ptr& thrown) {
      EXPECT_FALSE(thrown);
      --running_;
    });
  }

  // Until everything begun has ended; false where the patience has.
  bool run() {
    return run_until([this] { return running_ == 0; });
  }

  template <typename Predicate>
  bool run_until(Predicate done) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!done()) {
      if (io_.stopped()) io_.restart();
      if (io_.run_one_until(end) == 0) return done();
    }
    return true;
  }

 private:
  std::unique_ptr<wire::asio::io_context> own_;
  wire::asio::io_context& io_;
  int running_ = 0;
};

struct SocketPair {
  wire::Socket near;
  wire::Socket far;
};

// Two ends of one TCP connection, not blocking; with `small` their buffers hold little, so that
// writes come to wait soon. (Smaller still, and TCP itself waits for acknowledgements.)
inline SocketPair connected(wire::asio::io_context& io, bool small = false) {
  using wire::asio::ip::tcp;
  const tcp::endpoint loopback(wire::asio::ip::address_v4::loopback(), 0);
  wire::Acceptor acceptor(io, loopback);
  SocketPair pair{wire::Socket(io, tcp::v4()), wire::Socket(io)};
  const wire::asio::socket_base::send_buffer_size send(16 * 1024);
  const wire::asio::socket_base::receive_buffer_size receive(128 * 1024);
  if (small) pair.near.set_option(receive);
  pair.near.connect(acceptor.local_endpoint());
  acceptor.accept(pair.far);
  if (small) {
    pair.near.set_option(send);
    pair.far.set_option(send);
    pair.far.set_option(receive);
  }
  pair.near.non_blocking(true);
  pair.far.non_blocking(true);
  return pair;
}

}  // namespace exotap::test
