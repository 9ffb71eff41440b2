// Requests in absolute-form (RFC 9112 section 3.2.2): what a client without CONNECT sends a proxy.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capture/message.h"
#include "proxy/wire/connect_to.h"

namespace exotap::wire {

struct AbsoluteTarget {
  bool https = false;
  HostPort server;
  std::string authority;    // as written, without user information
  std::string origin_form;  // "/path?query"
};

// nullopt where the target is not an http:// or https:// URL with a host.
[[nodiscard]] std::optional<AbsoluteTarget> parse_absolute_target(std::string_view target);

// The head for the server: origin-form, without the fields of the proxy leg (Proxy-Connection,
// Proxy-Authorization), Host as the target names it; everything else as it came.
[[nodiscard]] std::string to_origin_form(const Head& head, const AbsoluteTarget& target);

}  // namespace exotap::wire
