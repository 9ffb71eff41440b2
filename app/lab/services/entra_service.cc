// Entra ID's OpenID configuration and token endpoint (RFC 6749 sections 4 and 5, OIDC Discovery).
#include <fmt/format.h>

#include <array>
#include <cstdint>

#include "app/lab/credentials.h"
#include "app/lab/services/service.h"
#include "app/lab/text.h"

namespace exotap::lab {
namespace {

constexpr std::array<std::string_view, 2> kConfigurationVariants = {"good", "unavailable"};
constexpr std::array<std::string_view, 6> kTokenVariants = {
    "accepted", "wrong_password", "expired_password",
    "locked",   "mfa_required",   "assertion_invalid"};
constexpr std::string_view kJson = "application/json; charset=utf-8";
constexpr std::string_view kDirectory = "11111111-2222-3333-4444-555555555555";

Answer with_entra_headers(Answer answer) {
  answer.headers.emplace_back("x-ms-request-id", "5d0f0a52-88f3-4bb5-9e0c-1c2b3d4e5f00");
  answer.headers.emplace_back("x-ms-ests-server", "2.1.19005.9 - LAB ProdSlices");
  answer.headers.emplace_back("Cache-Control", "no-store, no-cache");
  return answer;
}

bool asks_configuration(const Request& request) {
  const std::string path = request.path();
  return path.ends_with("/.well-known/openid-configuration") ||
         path == "/common/discovery/instance";
}

Answer configuration(const Request& request, const Tenant&, std::string_view variant) {
  if (variant == "unavailable") return text_answer(503, "text/html", "<html>Unavailable</html>");
  const std::string path = request.path();
  const bool instance = path == "/common/discovery/instance";
  std::string_view directory = std::string_view(request.target).substr(1);
  directory = directory.substr(0, directory.find('/'));
  return with_entra_headers(
      text_answer(200, kJson,
                  fill(lab_text(instance ? "instance.json" : "openid-configuration.json"),
                       {{"host", request.host}, {"path", directory}, {"directory", kDirectory}})));
}

bool asks_token(const Request& request) {
  const std::string path = request.path();
  return path.ends_with("/oauth2/v2.0/token") || path.ends_with("/oauth2/token");
}

struct TokenError {
  std::string_view variant, error, suberror;
  int code;
  std::string_view text;
};

// Microsoft's error code reference, in short words.
constexpr std::array<TokenError, 5> kErrors = {{
    {"wrong_password", "invalid_grant", "bad_token", 50126,
     "Error validating credentials due to invalid username or password."},
    {"expired_password", "invalid_grant", "user_password_expired", 50055,
     "The password is expired."},
    {"locked", "invalid_grant", "", 50053,
     "The account is locked, too many sign-ins with a wrong user ID or password."},
    {"mfa_required", "interaction_required", "basic_action", 50076,
     "Multi-factor authentication is needed to access this resource."},
    {"assertion_invalid", "invalid_grant", "", 50008, "The SAML assertion is invalid."},
}};

Answer refusal(const Request& request, const TokenError& error) {
  const std::string time = rfc3339(request.received).substr(0, 19) + "Z";
  const std::string description =
      fmt::format(R"(AADSTS{}: {}\r\nTrace ID: 5d0f0a52-88f3-4bb5-9e0c-1c2b3d4e5f00\r\n)"
                  R"(Correlation ID: 0c0ffee0-0000-4000-8000-000000000001\r\nTimestamp: {})",
                  error.code, error.text, time);
  return with_entra_headers(text_answer(
      400, kJson,
      fmt::format(
          R"({{"error":"{}","error_description":"{}","error_codes":[{}],"timestamp":"{}",)"
          R"("trace_id":"5d0f0a52-88f3-4bb5-9e0c-1c2b3d4e5f00",)"
          R"("correlation_id":"0c0ffee0-0000-4000-8000-000000000001",)"
          R"("error_uri":"https://login.microsoftonline.com/error?code={}","suberror":"{}"}})",
          error.error, description, error.code, time, error.code, error.suberror)));
}

Answer token(const Request& request, const Tenant& tenant, std::string_view variant) {
  for (const TokenError& error : kErrors) {
    if (error.variant == variant) return refusal(request, error);
  }
  return with_entra_headers(text_answer(
      200, kJson,
      fmt::format(R"({{"token_type":"Bearer","scope":"https://outlook.office365.com/.default",)"
                  R"("expires_in":3599,"ext_expires_in":3599,"access_token":"{}",)"
                  R"("refresh_token":"{}"}})",
                  access_token(tenant.address(), "https://outlook.office365.com", request.received),
                  kCanaryRefreshToken)));
}

}  // namespace

const Service kOpenIdService = {"openid", kConfigurationVariants, asks_configuration,
                                configuration};
const Service kTokenService = {"token", kTokenVariants, asks_token, token};

}  // namespace exotap::lab
