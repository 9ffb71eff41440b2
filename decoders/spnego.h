// What a token of Negotiate carries: SPNEGO (RFC 4178, MS-SPNG), a Kerberos token in it or alone
// (RFC 4121 section 4.1, RFC 4120), or NTLM in it or alone. The unencrypted parts only: of a ticket
// its realm, service and encryption, never its content.
// Depth is fixed by the messages' grammar, sizes by the bytes given. Pure; views point into the
// bytes; nothing throws.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxMechanisms = 8;  // read of an offer

// Content of a DER OBJECT IDENTIFIER as rules call it: kerberos, ms_kerberos, user_to_user, ntlm,
// negoex, spnego, else in dotted form, cut at 64 characters.
[[nodiscard]] std::string mechanism_name(std::string_view identifier);

struct SpnegoToken {
  enum class Kind : std::uint8_t { none, init, response };
  Kind kind = Kind::none;
  std::array<std::string_view, kMaxMechanisms> offered{};  // identifiers, in the sender's order
  std::size_t offered_count = 0;
  std::optional<std::int64_t> state;  // NegTokenResp: 0 completed, 1 incomplete, 2 reject, 3 MIC
  std::string_view chosen;            // NegTokenResp: supportedMech
  std::string_view token;             // mechToken or responseToken
  bool broken = false;                // SPNEGO by its first bytes, and then not
};
[[nodiscard]] SpnegoToken read_spnego(std::string_view bytes);

struct KerberosToken {
  enum class Kind : std::uint8_t { none, ap_req, ap_rep, error };
  Kind kind = Kind::none;
  std::string_view realm;                         // the ticket's, or the error's
  std::string service;                            // "HTTP/mail.contoso.com", of the same
  std::optional<std::int64_t> ticket_encryption;  // RFC 3961 number
  bool authenticator = false;  // AP-REQ: an encrypted authenticator follows the ticket
  std::optional<std::int64_t> error_code;
  bool broken = false;
};
[[nodiscard]] KerberosToken read_kerberos(std::string_view bytes);

}  // namespace exotap
