#include "proxy/wire/address_range.h"

#include <algorithm>
#include <charconv>

namespace exotap::wire {
namespace {

using Address = boost::asio::ip::address;
using AddressV4 = boost::asio::ip::address_v4;
using AddressV6 = boost::asio::ip::address_v6;

constexpr unsigned kMappedBits = 96;  // of ::ffff:0:0/96

AddressV6 as_v6(const Address& address) {
  return address.is_v6()
             ? address.to_v6()
             : boost::asio::ip::make_address_v6(boost::asio::ip::v4_mapped, address.to_v4());
}

bool share_prefix(const AddressV6& a, const AddressV6& b, unsigned bits) {
  const auto x = a.to_bytes();
  const auto y = b.to_bytes();
  for (std::size_t i = 0; i < x.size() && bits > 0; ++i) {
    const unsigned here = std::min(bits, 8U);
    const unsigned mask = 0xffU & (0xff00U >> here);
    if (((x[i] ^ y[i]) & mask) != 0) return false;
    bits -= here;
  }
  return true;
}

std::optional<unsigned> read_bits(std::string_view digits, unsigned most) {
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (error != std::errc() || end != digits.data() + digits.size() || bits > most) {
    return std::nullopt;
  }
  return bits;
}

}  // namespace

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  std::string_view written = text.substr(0, slash);
  if (written.size() > 2 && written.front() == '[' && written.back() == ']') {
    written = written.substr(1, written.size() - 2);
  }
  boost::system::error_code error;
  const Address address = boost::asio::ip::make_address(written, error);
  if (error) return std::nullopt;
  AddressRange range;
  range.first_ = as_v6(address);
  range.is_v4_ = range.first_.is_v4_mapped();
  if (slash == std::string_view::npos) return range;
  const auto bits = read_bits(text.substr(slash + 1), address.is_v4() ? 32U : 128U);
  if (!bits) return std::nullopt;
  range.bits_ = address.is_v4() ? *bits + kMappedBits : *bits;
  return range;
}

bool AddressRange::contains(const Address& address) const {
  return share_prefix(as_v6(address), first_, bits_);
}

Address plain(const Address& address) {
  if (address.is_v4()) return address;
  AddressV6 v6 = address.to_v6();
  if (v6.is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, v6);
  }
  v6.scope_id(0);
  return v6;
}

bool is_loopback(const Address& address) { return plain(address).is_loopback(); }

bool is_link_local(const Address& address) {
  const Address itself = plain(address);
  if (itself.is_v6()) return itself.to_v6().is_link_local();
  constexpr std::uint_fast32_t kLinkLocal = 0xA9FE0000;  // 169.254.0.0
  return (itself.to_v4().to_uint() & 0xFFFF0000U) == kLinkLocal;
}

}  // namespace exotap::wire
