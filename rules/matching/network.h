// An IP network in CIDR notation (RFC 4632, RFC 4291 section 2.3).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

// Textual IPv4 or IPv6 addresses as 16 bytes; IPv4 stands in its mapped form (::ffff:a.b.c.d), so
// that a mapped address is found in an IPv4 network.
using AddressBytes = std::array<std::uint8_t, 16>;
[[nodiscard]] std::optional<AddressBytes> parse_address(std::string_view text);

class Network {
 public:
  // "10.0.0.0/8", "fe80::/10", or a single address. nullopt where the text is neither.
  [[nodiscard]] static std::optional<Network> parse(std::string_view text);
  [[nodiscard]] bool contains(std::string_view address) const;

 private:
  Network(const AddressBytes& address, int bits) : address_(address), bits_(bits) {}

  AddressBytes address_;
  int bits_;  // of the mapped form, 0..128
};

}  // namespace exotap
