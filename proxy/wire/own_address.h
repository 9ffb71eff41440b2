// Where no connection of exotap's own may lead: to its own listener, by whatever name or spelling,
// and for a client on another computer to this computer's own services.
//
// Looked at once names are resolved, so that all spellings are one: a name, 2130706433, 0x7f.1,
// [::ffff:127.0.0.1].
#pragma once

#include <string_view>

#include "capture/exchange.h"
#include "proxy/wire/asio_types.h"

namespace exotap::wire {

// Set before connections come, then only read: any thread may ask it.
class OwnAddress {
 public:
  OwnAddress() = default;
  explicit OwnAddress(const Endpoint& listening);

  // A connection to there would arrive at our own listener. One comparison where the port differs.
  [[nodiscard]] bool is_at(const asio::ip::tcp::endpoint& target) const;

 private:
  asio::ip::address address_;
  std::uint16_t port_ = 0;
};

// The codes of faults that stand for such a target.
inline constexpr std::string_view kLeadsToItself = "OWN_ADDRESS";
inline constexpr std::string_view kLeadsToThisComputer = "OWN_COMPUTER";
inline constexpr std::string_view kOwnAddressReason = "own_address";  // Exchange::handling_reason
[[nodiscard]] bool is_refused_target(const Fault& fault);

// What a client elsewhere would reach through us and not by itself: loopback and link-local, and
// the unspecified address, which means loopback (CVE-2025-23217 was such a way in).
[[nodiscard]] bool is_private_to_this_computer(const asio::ip::address& target);

}  // namespace exotap::wire
