// Which call of OAuth 2.0 or OpenID Connect a request is, by host and path: Entra ID's
// (/{tenant}/oauth2/[v2.0/]token), AD FS's (/adfs/oauth2/token, MS-OIDCE, MS-OAPX) and Microsoft
// accounts' (/oauth20_token.srf); and the sign-in pages around them.
#pragma once

#include <cstdint>
#include <string_view>

namespace exotap {

enum class OAuthCall : std::uint8_t {
  none,
  authorize,
  token,
  device_code,
  logout,
  discovery,           // OpenID Connect's document about a server
  instance_discovery,  // Entra ID's list of its clouds
  keys,
  seamless_sso,  // Kerberos to Entra ID from a computer in the domain
  page,          // anything else of Microsoft's sign-in hosts: pages, and what they call
};

[[nodiscard]] std::string_view to_string(OAuthCall call);  // for the fact oauth.endpoint

// `host` is lower case, `path` without query. Cheap: runs for every exchange.
[[nodiscard]] OAuthCall oauth_call(std::string_view host, std::string_view path);

// "common", a tenant's id or a domain of its; empty where the path names none.
[[nodiscard]] std::string_view oauth_tenant(std::string_view path);

}  // namespace exotap
