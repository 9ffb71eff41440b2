// Which step of reaching mail an exchange is, by host and path (the classifier of the protocols
// behind Outlook: MS-OXDISCO, MS-OXCMAPIHTTP, MS-ASHTTP, MS-RPCH, WS-Trust, WS-Federation, OAuth).
#pragma once

#include <cstdint>
#include <string_view>

namespace exotap::flow {

enum class Step : std::uint8_t {
  other,
  autodiscover,
  realm,       // whose password is it: GetUserRealm, userrealm, GetCredentialType
  mex,         // where are the federation server's endpoints
  wstrust,     // a token for a password or a ticket
  oauth,       // Entra ID or AD FS by OAuth 2.0, sign-in pages included
  federation,  // WS-Federation or SAML in the browser, metadata
  mail,        // MAPI, EWS, ActiveSync, RPC, OAB, Outlook on the web
};

[[nodiscard]] std::string_view to_string(Step step);  // as in the fact flow.step

// `host` is lower case. Without a path (CONNECT) the host alone decides, where it can.
[[nodiscard]] Step step_of(std::string_view host, std::string_view path);

// Hosts of Entra ID and Microsoft accounts: a federation page there is Microsoft's own.
[[nodiscard]] bool is_microsoft_sign_in(std::string_view host);

}  // namespace exotap::flow
