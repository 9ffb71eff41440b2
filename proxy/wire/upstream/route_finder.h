// Chooses the way of each connection: the bypass rules first, then --upstream, the PAC file or the
// system's settings. What had to be asked for is kept for a while.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "capture/exchange.h"
#include "proxy/wire/upstream/aside.h"
#include "proxy/wire/upstream/upstream_settings.h"

namespace exotap::wire {

// Shared by all I/O threads, and thread safe.
class RouteFinder {
 public:
  // A laptop changes networks: an answer is not believed for longer.
  static constexpr std::chrono::seconds kKept{60};
  // What could not be found out is soon asked again, but not by every connection of a rush.
  static constexpr std::chrono::seconds kKeptProblem{5};
  // A browser asks for thirty servers at once, and the system takes some 30 ms for each.
  static constexpr std::size_t kLookUpThreads = 4;
  static constexpr std::size_t kMaxKept = 1024;  // answers; then all are forgotten

  // `settings` must outlive it.
  explicit RouteFinder(const UpstreamSettings& settings) : settings_(settings) {}

  // Where exotap itself listens: no route leads there. Before connections come. What is wrong with
  // that, where --upstream names it; else empty.
  [[nodiscard]] std::string set_own_address(const Endpoint& listening);

  // No connection ever needs a route: costs nothing to ask.
  [[nodiscard]] bool always_direct() const { return settings_.type == UpstreamType::none; }

  // Fills `route` where nobody must be asked for it. `scheme` is "http" or "https", `host` lower
  // case, an IPv6 address without brackets.
  [[nodiscard]] bool known(std::string_view scheme, const HostPort& target, Route& route);
  // The way for a URL of this server, asked for on a thread of its own, resumed on `io`.
  [[nodiscard]] Task<Route> ask(asio::io_context& io, std::string scheme, HostPort target);

  // Blocking work for this proxy's upstreams: sign-in at an upstream goes here.
  [[nodiscard]] Aside& sign_ins() { return sign_ins_; }

  // Ends what is asked for. Nobody may ask afterwards.
  void stop();

 private:
  struct Kept {
    Route route;
    SteadyClock::time_point until{};
  };
  [[nodiscard]] bool leads_here(const Hop& hop) const;
  [[nodiscard]] Route without_myself(Route route);
  void keep(const std::string& url, const Route& route);

  const UpstreamSettings& settings_;
  Endpoint own_;
  std::mutex mutex_;
  std::map<std::string, Kept, std::less<>> kept_;
  bool told_of_myself_ = false;
  Aside look_ups_{kLookUpThreads};
  Aside sign_ins_;
};

}  // namespace exotap::wire
