#include "proxy/wire/upstream/bypass.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "proxy/wire/connect_to.h"
#include "proxy/wire/host_policy.h"

namespace exotap::wire {
namespace {

using Address = boost::asio::ip::address;
using AddressV6 = boost::asio::ip::address_v6;

std::optional<Address> parse_address(std::string_view text) {
  boost::system::error_code error;
  const Address address = boost::asio::ip::make_address(text, error);
  if (error) return std::nullopt;
  return address;
}

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

bool is_loopback(std::string_view host, const std::optional<Address>& address) {
  if (!address) return is_or_is_below(host, "localhost");
  const AddressV6 v6 = as_v6(*address);
  return v6.is_loopback() ||
         (v6.is_v4_mapped() &&
          boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, v6).is_loopback());
}

}  // namespace

bool Bypass::add(std::string_view rule) {
  if (networks_.size() + names_.size() >= kMaxBypassRules) return false;
  if (rule == "*" || rule == "<local>") {
    (rule == "*" ? all_ : local_) = true;
    return true;
  }
  const std::size_t slash = rule.find('/');
  std::string_view plain = rule.substr(0, slash);
  if (plain.size() > 2 && plain.front() == '[' && plain.back() == ']') {
    plain = plain.substr(1, plain.size() - 2);
  }
  if (const auto address = parse_address(plain)) {
    Network network{as_v6(*address), 128};
    if (slash != std::string_view::npos) {
      const std::string_view digits = rule.substr(slash + 1);
      unsigned bits = 0;
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
      if (error != std::errc() || end != digits.data() + digits.size()) return false;
      if (bits > (address->is_v4() ? 32U : 128U)) return false;
      network.bits = address->is_v4() ? bits + 96 : bits;
    }
    networks_.push_back(network);
    return true;
  }
  if (slash != std::string_view::npos) return false;
  Name name;
  name.below = rule.starts_with("*.") || rule.starts_with('.');
  rule.remove_prefix(rule.starts_with("*.") ? 2 : name.below ? 1 : 0);
  const bool has_port = rule.find(':') != std::string_view::npos;
  const auto parsed = has_port ? parse_host_port(rule) : parse_host_port(rule, std::uint16_t{1});
  if (!parsed || parsed->host.find_first_of("*<>:,") != std::string::npos) return false;
  name.text = parsed->host;
  name.port = has_port ? parsed->port : std::uint16_t{0};
  names_.push_back(std::move(name));
  return true;
}

bool Bypass::covers(std::string_view host, std::uint16_t port) const {
  const std::optional<Address> address = parse_address(host);
  if (all_ || is_loopback(host, address)) return true;
  if (address) {
    const AddressV6 v6 = as_v6(*address);
    return std::ranges::any_of(
        networks_, [&](const Network& n) { return share_prefix(v6, n.address, n.bits); });
  }
  if (local_ && host.find('.') == std::string_view::npos) return true;
  return std::ranges::any_of(names_, [&](const Name& name) {
    if (name.port != 0 && name.port != port) return false;
    return name.below ? host.size() > name.text.size() && is_or_is_below(host, name.text)
                      : host == name.text;
  });
}

}  // namespace exotap::wire
