// An address of this computer that is not loopback, so that a test can be a client from elsewhere.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <optional>
#include <string>

namespace exotap::test {

// The one it would use to a distant address (of documentation, RFC 5737); nothing is sent. nullopt
// where there is none.
inline std::optional<std::string> network_address() {
  namespace ip = boost::asio::ip;
  boost::asio::io_context io;
  ip::udp::socket probe(io);
  boost::system::error_code error;
  probe.open(ip::udp::v4(), error);
  if (!error) probe.connect({ip::make_address("192.0.2.1"), 9}, error);
  if (error) return std::nullopt;
  const ip::address address = probe.local_endpoint(error).address();
  if (error || address.is_loopback() || address.is_unspecified()) return std::nullopt;
  return address.to_string();
}

}  // namespace exotap::test
