// Ranges of IP addresses (RFC 4632, RFC 4291 section 2.3), with IPv4 and IPv6 in one space: an
// IPv4-mapped address (::ffff:192.0.2.7) is the IPv4 address it maps.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string_view>

namespace exotap::wire {

// A value; any thread may ask it.
class AddressRange {
 public:
  // "192.0.2.7", "192.0.2.0/24", "2001:db8::/32", "[2001:db8::1]"; bits behind the prefix may be
  // set and mean nothing. nullopt where it is none of these.
  [[nodiscard]] static std::optional<AddressRange> parse(std::string_view text);

  [[nodiscard]] bool contains(const boost::asio::ip::address& address) const;
  // Every IPv4 address, or every address there is.
  [[nodiscard]] bool is_everybody() const { return bits_ == 0 || (bits_ == 96 && is_v4_); }

 private:
  boost::asio::ip::address_v6 first_;  // IPv4 as ::ffff:a.b.c.d
  unsigned bits_ = 128;
  bool is_v4_ = false;
};

// The address itself: IPv4 where it is mapped, and without the zone of a link-local one.
[[nodiscard]] boost::asio::ip::address plain(const boost::asio::ip::address& address);

// 127.0.0.0/8 and ::1, mapped or not.
[[nodiscard]] bool is_loopback(const boost::asio::ip::address& address);

// 169.254.0.0/16 and fe80::/10 (RFC 3927, RFC 4291 section 2.5.6), mapped or not.
[[nodiscard]] bool is_link_local(const boost::asio::ip::address& address);

}  // namespace exotap::wire
