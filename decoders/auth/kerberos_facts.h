// What Kerberos' messages say as facts. Never a ticket or a key, not even in part.
#pragma once

#include "capture/exchange.h"
#include "decoders/auth/kerberos_token.h"
#include "decoders/facts.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kKerberosService{
    "kerberos.service", FactType::text,
    "service the client's ticket is for (SPN), \"HTTP/sts.contoso.com\""};
inline constexpr FactSpec kKerberosRealm{"kerberos.realm", FactType::text,
                                         "realm of the client's ticket"};
inline constexpr FactSpec kKerberosTicketEncryption{
    "kerberos.ticket_encryption", FactType::text,
    "how the ticket is encrypted: aes256-cts-hmac-sha1-96, aes128-cts-hmac-sha1-96, "
    "aes128-cts-hmac-sha256-128, aes256-cts-hmac-sha384-192, arcfour-hmac, else the number"};
inline constexpr FactSpec kKerberosAuthenticator{
    "kerberos.authenticator", FactType::boolean,
    "with a ticket: an authenticator proves that the client may use it"};
inline constexpr FactSpec kKerberosMessage{"kerberos.message", FactType::text,
                                           "what the client's Kerberos token is: ap_req (a "
                                           "ticket), tgt_req (user to user), ap_rep, error"};
inline constexpr FactSpec kKerberosKeyVersion{
    "kerberos.key_version", FactType::integer,
    "version of the service's key that the ticket is made with (kvno)"};
inline constexpr FactSpec kKerberosAuthenticatorEncryption{
    "kerberos.authenticator_encryption", FactType::text,
    "how the authenticator is encrypted, named as in kerberos.ticket_encryption"};
inline constexpr FactSpec kKerberosMutual{
    "kerberos.mutual", FactType::boolean,
    "true: the client wants the server to prove itself, too; else absent"};
inline constexpr FactSpec kKerberosAnswer{
    "kerberos.answer", FactType::text,
    "what the server's Kerberos token is: ap_rep (it proves itself), error, tgt_rep"};
inline constexpr FactSpec kKerberosAnswerEncryption{
    "kerberos.answer_encryption", FactType::text,
    "how the server's AP-REP is encrypted, named as in kerberos.ticket_encryption"};
inline constexpr FactSpec kKerberosErrorCode{"kerberos.error.code", FactType::integer,
                                             "error code in the server's KRB-ERROR"};
inline constexpr FactSpec kKerberosErrorName{"kerberos.error.name", FactType::text,
                                             "its name in RFC 4120, \"KRB_AP_ERR_MODIFIED\""};
inline constexpr FactSpec kKerberosErrorText{"kerberos.error.text", FactType::text,
                                             "what the KRB-ERROR says in words (e-text)"};
inline constexpr FactSpec kKerberosErrorRealm{"kerberos.error.realm", FactType::text,
                                              "realm of the service in the KRB-ERROR"};
inline constexpr FactSpec kKerberosErrorService{"kerberos.error.service", FactType::text,
                                                "service in the KRB-ERROR (SPN)"};
inline constexpr FactSpec kKerberosErrorClient{"kerberos.error.client", FactType::text,
                                               "client in the KRB-ERROR, \"anna@CONTOSO.COM\""};
inline constexpr FactSpec kKerberosErrorTime{"kerberos.error.time", FactType::text,
                                             "the server's time in the KRB-ERROR (RFC 3339, UTC)"};
inline constexpr FactSpec kKerberosErrorClockSkew{
    "kerberos.error.clock_skew", FactType::integer,
    "seconds the server's time in the KRB-ERROR is ahead of this machine's clock (negative: "
    "behind)"};
inline constexpr FactSpec kKerberosErrorSkewRecovery{
    "kerberos.error.skew_recovery", FactType::boolean,
    "true: the server asks the client to try again by the server's time; else absent"};
inline constexpr FactSpec kKerberosErrorStatus{"kerberos.error.nt_status", FactType::text,
                                               "NTSTATUS behind the KRB-ERROR, \"0xc000006d\""};

}  // namespace fact

// The client's token; `facts` may also get auth.channel_bindings.
void state_client_kerberos(const KerberosToken& token, Facts& facts);
// The server's; `now` is this machine's clock when it came.
void state_server_kerberos(const KerberosToken& token, WallTime now, Facts& facts);

}  // namespace exotap
