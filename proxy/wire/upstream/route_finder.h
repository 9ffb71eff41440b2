// Chooses the way of each connection: the bypass rules first, then --upstream, the PAC file or the
// system's settings. What had to be asked for is kept for a while.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

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
  // A browser asks for thirty servers at once, and asking the system costs a process of some 30 ms.
  // Who comes while it is asked is asked for together afterwards, in one process; a second one is
  // there for the case that the first waits for a name that does not come.
  static constexpr std::size_t kLookUpThreads = 2;
  static constexpr std::size_t kMaxTogether = 16;  // servers asked for in one go
  static constexpr std::size_t kMaxKept = 1024;    // answers; then all are forgotten

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
  void look_up(const std::string& url);
  void keep(const std::string& url, const ProxyAnswer& answer);

  const UpstreamSettings& settings_;
  Endpoint own_;
  std::mutex mutex_;
  std::map<std::string, Kept, std::less<>> kept_;
  std::vector<std::string> wanted_;     // not asked for yet, each once
  std::vector<std::string> asked_now_;  // by one of the threads that look up
  std::condition_variable answered_;
  bool told_of_myself_ = false;
  Aside look_ups_{kLookUpThreads};
  Aside sign_ins_;
};

}  // namespace exotap::wire
