#include "decoders/entra/oauth_call.h"

#include "decoders/ascii.h"
#include "decoders/flow/step.h"
#include "decoders/url_parts.h"

namespace exotap {
namespace {

constexpr std::string_view kSeamlessHost = "autologon.microsoftazuread-sso.com";

struct Endpoint {
  std::string_view name;    // the path's last segment
  std::string_view folder;  // what the path before it ends with, v2.0 apart
  OAuthCall call;
};

constexpr Endpoint kEndpoints[] = {
    {"token", "/oauth2", OAuthCall::token},
    {"authorize", "/oauth2", OAuthCall::authorize},
    {"devicecode", "/oauth2", OAuthCall::device_code},
    {"logout", "/oauth2", OAuthCall::logout},
    {"openid-configuration", "/.well-known", OAuthCall::discovery},
    {"keys", "/discovery", OAuthCall::keys},
    {"instance", "/discovery", OAuthCall::instance_discovery},
    {"oauth20_authorize.srf", "", OAuthCall::authorize},
    {"oauth20_token.srf", "", OAuthCall::token},
    {"oauth20_connect.srf", "", OAuthCall::device_code},
    {"oauth20_logout.srf", "", OAuthCall::logout},
};

bool fits(std::string_view path, const Endpoint& endpoint) {
  if (path.size() <= endpoint.name.size() || !ends_with_lower(path, endpoint.name)) return false;
  std::string_view folder = path.substr(0, path.size() - endpoint.name.size());
  if (folder.back() != '/') return false;
  folder.remove_suffix(1);
  if (endpoint.folder.empty()) return folder.empty();
  if (ends_with_lower(folder, "/v2.0")) folder.remove_suffix(5);
  return ends_with_lower(folder, endpoint.folder);
}

}  // namespace

std::string_view to_string(OAuthCall call) {
  switch (call) {
    case OAuthCall::none:
    case OAuthCall::page:
      return {};
    case OAuthCall::authorize:
      return "authorize";
    case OAuthCall::token:
      return "token";
    case OAuthCall::device_code:
      return "devicecode";
    case OAuthCall::logout:
      return "logout";
    case OAuthCall::discovery:
      return "discovery";
    case OAuthCall::instance_discovery:
      return "instance_discovery";
    case OAuthCall::keys:
      return "keys";
    case OAuthCall::seamless_sso:
      return "seamless_sso";
  }
  return {};
}

OAuthCall oauth_call(std::string_view host, std::string_view path) {
  if (path.size() < 2) return flow::is_microsoft_sign_in(host) ? OAuthCall::page : OAuthCall::none;
  if (path.back() == '/') path.remove_suffix(1);
  switch (ascii_lower(path.back())) {
    case 'n':  // token, openid-configuration
    case 'e':  // authorize, devicecode, instance
    case 't':  // logout
    case 's':  // keys
    case 'f':  // .srf
      for (const Endpoint& endpoint : kEndpoints) {
        if (fits(path, endpoint)) return endpoint.call;
      }
      break;
    default:
      break;
  }
  if (host == kSeamlessHost) return OAuthCall::seamless_sso;
  return flow::is_microsoft_sign_in(host) ? OAuthCall::page : OAuthCall::none;
}

std::string_view oauth_tenant(std::string_view path) {
  if (!path.starts_with('/')) return {};
  path.remove_prefix(1);
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view first = path.substr(0, slash);
  for (const std::string_view word : {"adfs", "oauth2", "discovery", ".well-known", "v2.0"}) {
    if (equals_lower(first, word)) return {};
  }
  return first;
}

}  // namespace exotap
