// --connect-to HOST:PORT:HOST2:PORT2, as curl's: where a host is really reached. Names in requests,
// SNI and certificates stay the original ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exotap::wire {

struct HostPort {
  std::string host;  // lower case; an IPv6 address without brackets
  std::uint16_t port = 0;
  bool operator==(const HostPort&) const = default;
};

// "host:port" or "[v6]:port"; with `default_port` the port may be absent. nullopt where it is
// neither. A trailing dot of a name is dropped.
[[nodiscard]] std::optional<HostPort> parse_host_port(
    std::string_view text, std::optional<std::uint16_t> default_port = {});

class ConnectTo {
 public:
  // Adds a rule; false where the text is not of the form. An empty HOST or PORT matches any, an
  // empty HOST2 or PORT2 keeps the original.
  [[nodiscard]] bool add(std::string_view rule);
  // The first matching rule decides; without one the target itself.
  [[nodiscard]] HostPort resolve(const HostPort& target) const;

 private:
  struct Rule {
    std::string host, to_host;
    std::uint16_t port = 0, to_port = 0;  // 0 is "any" and "keep"
  };
  std::vector<Rule> rules_;
};

}  // namespace exotap::wire
