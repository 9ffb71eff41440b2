// Connects to whichever of a name's addresses answers first (RFC 8305, "Happy Eyeballs"): each
// attempt has a short lead before the next begins beside it, so that an address that swallows
// packets costs a quarter of a second and not the whole patience.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>
#include <list>
#include <optional>
#include <vector>

#include "proxy/wire/asio_types.h"
#include "proxy/wire/deadlines.h"

namespace exotap::wire {

inline constexpr std::chrono::milliseconds kAttemptLead{250};  // RFC 8305 section 5

// The families in turn, beginning with the first address's, each in its own order (section 4).
[[nodiscard]] std::vector<asio::ip::tcp::endpoint> interleaved(
    const std::vector<asio::ip::tcp::endpoint>& addresses);

// One race. Not thread safe; lives while run() does.
class AddressRace {
 public:
  // `addresses` in the order they are to be tried; at least one.
  AddressRace(asio::io_context& io, std::vector<asio::ip::tcp::endpoint> addresses,
              std::chrono::milliseconds lead = kAttemptLead)
      : io_(io), addresses_(std::move(addresses)), lead_(lead), ended_(io) {}

  // Runs once. No error: take_socket() is connected to address(), non-blocking, with TCP_NODELAY.
  // Else the most telling failure: a refusal tells more than a silence, the first more than the
  // next. operation_aborted where cancel() came before any address had failed.
  [[nodiscard]] Task<ErrorCode> run();
  void cancel();

  [[nodiscard]] Socket take_socket();
  // Of the winner, or of the most telling failure; the first while all are still under way.
  [[nodiscard]] const asio::ip::tcp::endpoint& address() const { return address_; }

 private:
  using Clock = std::chrono::steady_clock;
  using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
  struct Attempt {
    Attempt(asio::io_context& io, const asio::ip::tcp::endpoint& to) : socket(io), address(to) {}
    Socket socket;
    asio::ip::tcp::endpoint address;
  };
  using Place = std::list<Attempt>::iterator;

  void begin_next();
  void begin_lead();
  void attempt_ended(Place attempt, const ErrorCode& error);
  void fail(const asio::ip::tcp::endpoint& address, const ErrorCode& error);
  void end_others();

  asio::io_context& io_;
  std::vector<asio::ip::tcp::endpoint> addresses_;
  std::chrono::milliseconds lead_;
  std::size_t next_ = 0;
  std::list<Attempt> attempts_;  // under way, and the winner
  Timer ended_;                  // cancelled when nothing is under way any more
  std::optional<Timer> lead_timer_;
  std::size_t under_way_ = 0;  // operations whose end is still to come
  asio::ip::tcp::endpoint address_;
  ErrorCode failure_;
  bool won_ = false;
  bool over_ = false;  // won or cancelled: no further attempt begins
};

}  // namespace exotap::wire
