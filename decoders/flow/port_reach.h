// Remembers which hosts could be reached on which port, so that a blocked port can be told from a
// host that is down, and a port blocked for one host from one blocked for all.
//
// A host is reached when TCP connects and, on a port where TLS was tried, anything of TLS comes
// back: a bad certificate or an alert is an open port. It fails when the connection is refused,
// times out, has no route, or is cut while the handshake waits for its first answer. Names that do
// not resolve say nothing about a port, nor does what breaks later, nor what went through a proxy
// behind exotap.
//
// Some failures prove nothing about the network and are not counted beside another's: those of
// hosts that concern neither mail nor sign-in, and of the names Outlook guesses ("contoso.com",
// "autodiscover.contoso.com"), where nobody need answer. To reach any of them proves the port open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "decoders/facts.h"
#include "decoders/flow/clock.h"
#include "decoders/flow/recent_table.h"

namespace exotap::flow {

inline constexpr auto kReachMemory = minutes(5);
inline constexpr std::size_t kMaxHostPorts = 512;

// true: reached, false: failed, nullopt: the exchange does not tell.
[[nodiscard]] std::optional<bool> reached(const Exchange& exchange);

// Not thread safe.
class PortReach {
 public:
  // States flow.port443.* and flow.host.worked_before with a connection that failed or hangs.
  void fold(const Exchange& exchange, Facts& facts);

 private:
  struct HostPortView {
    std::string_view host;
    std::uint16_t port;
  };
  struct HostPort {
    HostPort() = default;
    explicit HostPort(const HostPortView& view) : host(view.host), port(view.port) {}
    [[nodiscard]] bool operator==(const HostPortView& view) const {
      return port == view.port && host == view.host;
    }
    std::string host;
    std::uint16_t port = 0;
  };
  struct Last {
    WallTime at{};
    bool ok = false;
    bool ever_ok = false;
  };
  void state(const Exchange& exchange, Facts& facts);

  RecentTable<HostPort, Last, kMaxHostPorts / 8> hosts_;
};

}  // namespace exotap::flow
