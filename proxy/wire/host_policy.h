// Which connections are opened, and which pass untouched.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace exotap::wire {

struct HostDecision {
  bool open = false;
  bool mail_related = false;  // a Microsoft 365, --domain or --open host: findings may concern it
  std::string_view reason;    // static text, for Exchange::handling_reason
};

// Built once from the options, then only read: any thread may ask it.
// A pattern is a host name; "*.example.com" covers the subdomains, not the name itself.
class HostPolicy {
 public:
  std::vector<std::string> built_in;  // Microsoft 365 sign-in and mail hosts
  std::vector<std::string> never;     // hosts where opening would itself break sign-in
  std::vector<std::string> domains;   // --domain: the name and everything below it
  std::vector<std::string> open;      // --open
  std::vector<std::string> tunnel;    // --tunnel: wins over all
  // What the authority may sign for, as RFC 5280 dNSName subtrees; empty means nothing.
  std::vector<std::string> signable;

  // `host` is lower case. `is_address` hosts are never opened by this name.
  [[nodiscard]] HostDecision decide(std::string_view host, std::uint16_t port) const;
};

// Ports that are never opened, whatever the host.
[[nodiscard]] std::span<const std::uint16_t> never_opened_ports();
[[nodiscard]] bool matches_pattern(std::string_view host, std::string_view pattern);
[[nodiscard]] bool is_or_is_below(std::string_view host, std::string_view domain);
[[nodiscard]] bool is_ip_address(std::string_view host);

}  // namespace exotap::wire
