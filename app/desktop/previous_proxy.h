// What the desktop's proxy setting was before exotap: where everything goes that exotap does not
// open, and where what it opens goes when exotap does not answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace exotap {

struct ProxyServer {
  std::string host;  // a name or an address, without brackets
  std::uint16_t port = 0;
};

struct PreviousProxy {
  enum class Kind : std::uint8_t {
    none,    // no proxy
    fixed,   // the servers below
    script,  // an auto-configuration: `script_url` says where it is, `script` is its text
  };
  Kind kind = Kind::none;
  std::optional<ProxyServer> http, https, ftp, socks;
  // Hosts that are reached directly, with fixed servers: names with all below them, addresses,
  // IPv4 ranges in CIDR notation.
  std::vector<std::string> direct;
  // Empty where the desktop finds it by itself (WPAD).
  std::string script_url;
  std::string script;
};

}  // namespace exotap
