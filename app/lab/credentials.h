// The dummy credentials of the lab: what the scripted client sends, what the services understand.
// Every secret holds a canary, a text that must never appear on a disk or a screen; tests and the
// redaction's proof look for them (plain, base64 and percent-encoded).
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/lab/message.h"
#include "capture/exchange.h"

namespace exotap::lab {

inline constexpr std::string_view kCanaryPassword = "canary-password-4f1c";
inline constexpr std::string_view kCanaryToken = "canary-token-8b2e-signature";
inline constexpr std::string_view kCanaryRefreshToken = "canary-refresh-token-c07d";
inline constexpr std::string_view kCanaryAssertion = "canary-assertion-51aa";
inline constexpr std::string_view kCanaryClientSecret = "canary-client-secret-d93e";
inline constexpr std::string_view kCanaryCookie = "canary-cookie-22b6";
inline constexpr std::string_view kCanaryNtlm =
    "canary-ntlm-response-24b";  // 24 bytes: NTLM's length

// All of them.
std::span<const std::string_view> canaries();

// What an Authorization header says. `scheme` is lower case; `user` is set where it can be read:
// Basic's user name, a lab token's upn, an NTLM type 3's account.
struct Credentials {
  std::string scheme;
  std::string user;
  bool empty = true;       // no header, or a bare scheme as Office's "Bearer" probe
  unsigned ntlm_type = 0;  // 1 or 3 for an NTLM message under NTLM or Negotiate
};
Credentials credentials_of(const Request& request);

// Values of the Authorization header.
std::string basic_credentials(std::string_view user);
std::string bearer_credentials(std::string_view user, std::chrono::system_clock::time_point now);
// NTLM messages (MS-NLMP 2.2.1); the responses in type 3 are the canary. With a binding type 3 is
// NTLMv2's and bound to that, as Windows does on TLS (2.2.2.1, MsvAvChannelBindings).
std::string ntlm_negotiate();
std::string ntlm_challenge(std::string_view domain);
std::string ntlm_authenticate(std::string_view user,
                              const std::optional<ChannelBinding>& binding = std::nullopt);

// An access token in a JWT's shape (RFC 7519) that nobody signed: its signature is the canary.
std::string access_token(std::string_view user, std::string_view audience,
                         std::chrono::system_clock::time_point now);

}  // namespace exotap::lab
