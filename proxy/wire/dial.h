// Reaching a server: name look-up, then a connection to one of its addresses, both timed.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "capture/exchange.h"
#include "proxy/wire/asio_types.h"
#include "proxy/wire/connect_to.h"

namespace exotap::wire {

inline constexpr std::size_t kMaxAddressesTried = 6;  // of one name
inline constexpr std::chrono::seconds kLeastPerAddress{2};

// One attempt to reach a server. Lives while dial() runs, so that others may see how far it has
// come and may end it. Not thread safe.
class Dial {
 public:
  Dial(asio::io_context& io, HostPort target)
      : resolver_(io), socket_(io), target_(std::move(target)) {}

  // Runs once. Afterwards either fault() is none and socket() is connected, non-blocking, with
  // TCP_NODELAY, or fault() says what happened to the most telling address.
  [[nodiscard]] Task<void> run();
  // Ends it now; run() returns with a fault of FaultType::timeout or, where `hung_up`, ::client.
  void cancel(bool hung_up);
  // The limit of one address has passed: go on to the next, if there is one.
  // Returns false where this was the last.
  bool give_up_address();

  [[nodiscard]] Socket take_socket() { return std::move(socket_); }
  [[nodiscard]] const Fault& fault() const { return fault_; }
  [[nodiscard]] const Endpoint& server() const { return server_; }
  [[nodiscard]] Stage stage() const { return stage_; }
  [[nodiscard]] std::size_t addresses_left() const { return addresses_.size(); }
  [[nodiscard]] std::optional<Nanoseconds> dns_time() const { return dns_time_; }
  [[nodiscard]] std::optional<Nanoseconds> connect_time() const { return connect_time_; }

 private:
  [[nodiscard]] Task<bool> look_up();
  [[nodiscard]] Task<ErrorCode> connect(const asio::ip::tcp::endpoint& address);

  Resolver resolver_;
  Socket socket_;
  HostPort target_;
  std::vector<asio::ip::tcp::endpoint> addresses_;  // yet to be tried, last first
  Fault fault_;
  Endpoint server_;
  Stage stage_ = Stage::resolve;
  std::optional<Nanoseconds> dns_time_, connect_time_;
  bool cancelled_ = false;
  bool hung_up_ = false;
  bool gave_up_ = false;
};

}  // namespace exotap::wire
