// Reaching a server: name look-up, then a connection to whichever of its addresses answers first,
// both timed.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "capture/exchange.h"
#include "proxy/wire/address_race.h"
#include "proxy/wire/asio_types.h"
#include "proxy/wire/connect_to.h"
#include "proxy/wire/own_address.h"

namespace exotap::wire {

inline constexpr std::size_t kMaxAddressesTried = 6;  // of one name

// Where a dial must not lead. `own` outlives it.
struct DialLimits {
  const OwnAddress* own = nullptr;
  bool elsewhere_only = false;  // for a client that is not on this computer
};

// One attempt to reach a server. Lives while run() does, so that others may see how far it has
// come and may end it. Not thread safe.
class Dial {
 public:
  Dial(asio::io_context& io, HostPort target, DialLimits limits = {})
      : io_(io), resolver_(io), target_(std::move(target)), limits_(limits) {}

  // Runs once. Afterwards either fault() is none and take_socket() is connected, non-blocking, with
  // TCP_NODELAY, or fault() says what happened to the most telling address. A target beyond the
  // limits is is_refused_target(): not a byte was sent there.
  [[nodiscard]] Task<void> run();
  // Ends it now; run() returns with a fault of FaultType::timeout or, where `hung_up`, ::client.
  void cancel(bool hung_up);

  [[nodiscard]] Socket take_socket() { return race_->take_socket(); }
  [[nodiscard]] const Fault& fault() const { return fault_; }
  // Of the connection, or of the address the fault is about; the first one while it is being made.
  [[nodiscard]] Endpoint server() const;
  [[nodiscard]] Stage stage() const { return race_ ? Stage::connect : Stage::resolve; }
  [[nodiscard]] std::optional<Nanoseconds> dns_time() const { return dns_time_; }
  [[nodiscard]] std::optional<Nanoseconds> connect_time() const { return connect_time_; }

 private:
  using Addresses = std::vector<asio::ip::tcp::endpoint>;
  [[nodiscard]] Task<bool> look_up(Addresses& addresses);
  [[nodiscard]] bool may_dial(const Addresses& addresses);

  asio::io_context& io_;
  Resolver resolver_;
  HostPort target_;
  DialLimits limits_;
  std::optional<AddressRace> race_;
  Fault fault_;
  std::optional<Nanoseconds> dns_time_, connect_time_;
  bool cancelled_ = false;
  bool hung_up_ = false;
};

}  // namespace exotap::wire
