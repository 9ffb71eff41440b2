// The hosts of Microsoft 365 sign-in and mail, as data: what exotap opens by default and what its
// authority may therefore sign for, and the hosts it never opens.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace exotap {

// A host opened by default. A name constraint always covers the names below a domain as well;
// `below` says whether those are opened too.
struct Microsoft365Host {
  std::string_view name;  // lower case
  bool below = false;
  std::string_view reason;  // who asks it for what
};

[[nodiscard]] std::span<const Microsoft365Host> microsoft365_hosts();

// Whether the host (lower case, no port) is one of them, or below one that says so.
[[nodiscard]] bool is_microsoft365_host(std::string_view host);

// The names of microsoft365_hosts(), for the authority's constraints.
[[nodiscard]] std::vector<std::string> microsoft365_names();

// Why this place must never be opened, whatever was asked for: there the client proves itself with
// a TLS certificate, which cannot pass a second TLS. Empty where it may be opened. `host` in lower
// case.
[[nodiscard]] std::string_view reason_never_to_open(std::string_view host, std::uint16_t port);

// The beginnings of names for which that is so at every port.
[[nodiscard]] std::span<const std::string_view> never_opened_prefixes();

}  // namespace exotap
