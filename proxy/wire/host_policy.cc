#include "proxy/wire/host_policy.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>

#include "certs/microsoft365_hosts.h"

namespace exotap::wire {
namespace {

// Mail ports where another protocol than HTTP is spoken, and AD FS's port for client certificates,
// which a proxy that opens TLS cannot pass on.
constexpr std::array<std::uint16_t, 9> kNeverOpenedPorts = {25,  110, 143, 389,  465,
                                                            587, 636, 993, 49443};

bool any_matches(std::string_view host, const std::vector<std::string>& patterns) {
  return std::ranges::any_of(patterns,
                             [&](const std::string& p) { return matches_pattern(host, p); });
}

bool any_covers(std::string_view host, const std::vector<std::string>& domains) {
  return std::ranges::any_of(domains,
                             [&](const std::string& d) { return is_or_is_below(host, d); });
}

}  // namespace

std::span<const std::uint16_t> never_opened_ports() { return kNeverOpenedPorts; }

bool is_or_is_below(std::string_view host, std::string_view domain) {
  if (domain.empty() || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

bool matches_pattern(std::string_view host, std::string_view pattern) {
  if (!pattern.starts_with("*.")) return host == pattern;
  return host.size() > pattern.size() - 1 && host.ends_with(pattern.substr(1));
}

bool is_ip_address(std::string_view host) {
  boost::system::error_code error;
  boost::asio::ip::make_address(host, error);
  return !error;
}

HostDecision HostPolicy::decide(std::string_view host, std::uint16_t port) const {
  const bool asked = any_matches(host, open);
  const bool related = asked || any_covers(host, domains) || any_matches(host, built_in);
  const bool unsafe = any_matches(host, never) || !reason_never_to_open(host, port).empty();
  if (any_matches(host, tunnel)) return {false, related || unsafe, "tunnel_option"};
  if (unsafe) return {false, true, "client_certificate_host"};
  if (!related) return {false, false, "not_mail_host"};
  if (std::ranges::find(kNeverOpenedPorts, port) != kNeverOpenedPorts.end()) {
    return {false, true, port == 49443 ? "client_certificate_host" : "not_https_port"};
  }
  if (is_ip_address(host)) return {false, true, "address_without_name"};
  if (!any_covers(host, signable)) return {false, true, "outside_constraints"};
  return {true, true, asked ? "open_option" : "mail_host"};
}

}  // namespace exotap::wire
