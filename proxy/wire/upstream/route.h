// Where a connection goes: straight to the server, or through one of the proxies behind exotap, in
// the order in which they are to be tried.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "proxy/wire/connect_to.h"

namespace exotap::wire {

// Who decides about the way: nobody, --upstream URL, a PAC file, the system's settings.
enum class UpstreamType : std::uint8_t { none, fixed, pac, system };
[[nodiscard]] std::string_view to_string(UpstreamType type);  // for facts

// One way out.
struct Hop {
  enum class Kind : std::uint8_t { direct, http, https };  // how the proxy itself is spoken to
  Kind kind = Kind::direct;
  HostPort at;  // the proxy; empty where direct
  bool operator==(const Hop&) const = default;

  // "http://proxy.contoso.com:3128", for facts and sentences; "direct".
  [[nodiscard]] std::string name() const;
};

// An empty list of hops is the way straight to the server: the usual Route owns nothing.
struct Route {
  std::vector<Hop> hops;
  std::string problem;  // not empty: nobody knows the way, and none may be taken
  [[nodiscard]] bool direct() const {
    return problem.empty() && (hops.empty() || hops.front().kind == Hop::Kind::direct);
  }
};

inline constexpr std::size_t kMaxHops = 8;  // of one route; a PAC file that lists more is cut

// "http://host:port" or "https://host:port", as --upstream, the environment and libproxy write a
// proxy; the port may be absent (80, 443), a path is ignored. What stands before an @ goes to
// `user_info` as it is written, percent-encoded. nullopt where it is no such URL.
[[nodiscard]] std::optional<Hop> parse_proxy_url(std::string_view url, std::string* user_info);

// A list of libproxy's words, best first: "direct://", "http://...", "https://...". Proxies of
// other kinds (SOCKS) are passed over; where nothing else is left that is the route's problem.
[[nodiscard]] Route parse_route(std::span<const std::string> words);

}  // namespace exotap::wire
