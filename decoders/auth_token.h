// Opens a token of NTLM or Negotiate: NTLM by its message type (MS-NLMP 2.2.1), Negotiate as
// SPNEGO, raw Kerberos or raw NTLM (RFC 4178, RFC 4121 section 4.1, MS-NTHT 2.2). Nothing of a
// token is kept.
#pragma once

#include <cstddef>
#include <string_view>

#include "decoders/auth/kerberos_token.h"
#include "decoders/spnego.h"

namespace exotap {

// How many bytes of a token tell its kind: enough for the mechanism list before the first message.
inline constexpr std::size_t kTokenBytesRead = 384;

// What is in a token, each part where it is there. Views point into the bytes given.
struct AuthToken {
  SpnegoToken spnego;
  KerberosToken kerberos;   // raw, or what SPNEGO carries
  std::string_view ntlm;    // likewise: the message's bytes; decoders/ntlm_message.h reads them
  std::string_view negoex;  // likewise; decoders/auth/negoex.h reads them
};
[[nodiscard]] AuthToken open_token(std::string_view bytes);

// Static words, empty where unknown.
struct AuthTokenKind {
  std::string_view
      mechanism;           // ntlm_negotiate, ntlm_challenge, ntlm_authenticate, spnego, kerberos
  std::string_view inner;  // what spnego carries: kerberos or one of NTLM's
  bool rejects = false;    // SPNEGO's negState is reject: the sender gives up
};

[[nodiscard]] AuthTokenKind kind_of_token(std::string_view base64);

}  // namespace exotap
