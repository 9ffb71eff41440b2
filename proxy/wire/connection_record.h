// What every exchange of one connection has in common, kept once and copied into each record.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string_view>

#include "capture/exchange.h"

namespace exotap::wire {

// Hands out ids that are unique in the run and grow. Shared by all I/O threads.
struct Ids {
  std::atomic<std::uint64_t> exchange{0};
  std::atomic<std::uint64_t> connection{0};
};

using SteadyClock = std::chrono::steady_clock;

// An exchange under way and the moments its timings are made of.
struct OpenExchange {
  std::unique_ptr<Exchange> record;
  SteadyClock::time_point begun{};
  SteadyClock::time_point request_ended{};
  SteadyClock::time_point answer_begun{};
  bool request_done = false;
  bool answer_done = false;
  bool told_waiting = false;
  [[nodiscard]] bool answer_has_begun() const { return answer_begun != SteadyClock::time_point{}; }
};

// What the exchanges of a connection repeat of its TLS. The rest (chain, names) is told
// once, in the CONNECT's record: copied into each it would cost a request more than its parsing.
[[nodiscard]] TlsRecord brief(const TlsRecord& tls);
void copy_brief(const TlsRecord& tls, TlsRecord& kept);

struct ConnectionRecord {
  std::uint64_t id = 0;
  Endpoint client;
  Endpoint server;
  std::string upstream_address;       // the proxy it goes through; empty where straight
  std::string_view upstream_type;     // static text
  std::string_view upstream_sign_in;  // static text; of requests in absolute-form
  std::string host;
  std::uint16_t port = 0;
  const char* scheme = "https";
  Handling handling = Handling::opened;
  std::string handling_reason;
  bool clear_to_proxy = false;
  bool mail_related = false;
  bool opened_by_policy = false;
  TlsRecord tls;                  // brief(), unless:
  bool tells_all_of_tls = false;  // there is no CONNECT that would
  std::uint32_t next_sequence = 0;

  // The same connection of the client, and nothing said yet about whom it is for.
  [[nodiscard]] ConnectionRecord anew() const;

  // A record with all of this filled in, begun now. Who has just asked the clock says what it said:
  // asking it at every step costs a request more than framing it.
  [[nodiscard]] OpenExchange begin(Ids& ids, SteadyClock::time_point now = SteadyClock::now());
};

// Fills in the total and returns the record finished.
[[nodiscard]] ExchangePtr finish(OpenExchange exchange,
                                 SteadyClock::time_point now = SteadyClock::now());

// A copy that says `still_waiting`, for a finding that appears while it waits.
[[nodiscard]] ExchangePtr waiting_copy(const OpenExchange& exchange, const Fault& so_far);

}  // namespace exotap::wire
