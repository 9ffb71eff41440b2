// A Kerberos message as GSS-API frames it (RFC 4121 section 4.1, RFC 4120), alone or in SPNEGO: the
// unencrypted parts only. Of a ticket its realm, service and encryption, never its content.
// Depth is fixed by the messages' grammar, sizes by the bytes given. Pure; views point into the
// bytes; nothing throws but for memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exotap {

// What a KRB-ERROR says (RFC 4120 section 5.9.1), beside its code and the service.
struct KerberosErrorDetail {
  std::optional<std::int64_t> server_time;  // stime, seconds since 1970 UTC
  std::optional<std::int64_t> client_time;  // ctime, likewise
  std::string_view client_realm;
  std::string client;     // cname
  std::string_view text;  // e-text
  // Of e-data (MS-KILE 2.2.1, 2.2.2): the server allowed for a wrong clock and wants another try;
  // the NTSTATUS behind the error.
  bool skew_recovery = false;
  std::optional<std::uint32_t> status;
};

struct KerberosToken {
  // The last two are user-to-user's (draft-swift-win2k-krb-user2user).
  enum class Kind : std::uint8_t { none, ap_req, ap_rep, error, tgt_req, tgt_rep };
  Kind kind = Kind::none;
  std::string_view realm;                         // the ticket's, or the error's
  std::string service;                            // "HTTP/mail.contoso.com", of the same
  std::optional<std::int64_t> ticket_encryption;  // RFC 3961 number
  std::optional<std::int64_t> key_version;        // of the service's key the ticket is made with
  bool authenticator = false;  // AP-REQ: an encrypted authenticator follows the ticket
  std::optional<std::int64_t> authenticator_encryption;
  bool mutual = false;                           // AP-REQ: the server must prove itself, too
  std::optional<std::int64_t> reply_encryption;  // AP-REP
  std::optional<std::int64_t> error_code;
  KerberosErrorDetail error;
  bool broken = false;
};
[[nodiscard]] KerberosToken read_kerberos(std::string_view bytes);

}  // namespace exotap
