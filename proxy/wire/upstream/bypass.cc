#include "proxy/wire/upstream/bypass.h"

#include <algorithm>
#include <optional>

#include "proxy/wire/connect_to.h"
#include "proxy/wire/host_policy.h"

namespace exotap::wire {
namespace {

using Address = boost::asio::ip::address;

std::optional<Address> parse_address(std::string_view text) {
  boost::system::error_code error;
  const Address address = boost::asio::ip::make_address(text, error);
  if (error) return std::nullopt;
  return address;
}

bool is_this_computer(std::string_view host, const std::optional<Address>& address) {
  return address ? is_loopback(*address) : is_or_is_below(host, "localhost");
}

}  // namespace

bool Bypass::add(std::string_view rule) {
  if (networks_.size() + names_.size() >= kMaxBypassRules) return false;
  if (rule == "*" || rule == "<local>") {
    (rule == "*" ? all_ : local_) = true;
    return true;
  }
  const std::size_t slash = rule.find('/');
  if (const auto network = AddressRange::parse(rule)) {
    networks_.push_back(*network);
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
  if (all_ || is_this_computer(host, address)) return true;
  if (address) {
    return std::ranges::any_of(networks_,
                               [&](const AddressRange& n) { return n.contains(*address); });
  }
  if (local_ && host.find('.') == std::string_view::npos) return true;
  return std::ranges::any_of(names_, [&](const Name& name) {
    if (name.port != 0 && name.port != port) return false;
    return name.below ? host.size() > name.text.size() && is_or_is_below(host, name.text)
                      : host == name.text;
  });
}

}  // namespace exotap::wire
