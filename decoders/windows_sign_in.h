// What the tokens of a Windows sign-in say in Authorization and WWW-Authenticate: NTLM's messages
// (MS-NLMP 2.2.1), SPNEGO's offer and answer (RFC 4178), Kerberos' ticket and error (RFC 4120), and
// what the sign-in is bound to (extended protection, RFC 5929 section 4). The mechanism itself is
// decoders/authentication.h's. Never a response, a challenge, a ticket or a key, not even in part.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kAuthChannelBindings{
    "auth.channel_bindings", FactType::text,
    "what the client bound its sign-in to: exotap (the certificate exotap showed it), server (the "
    "server's own), other (another certificate: something else opens TLS between them), none, or "
    "hidden (Kerberos: encrypted)"};
inline constexpr FactSpec kTlsChannelBindingExotap{
    "tls.channel_binding.exotap", FactType::text,
    "with a Windows sign-in: binding of the certificate exotap showed the client, hexadecimal MD5"};
inline constexpr FactSpec kTlsChannelBindingServer{
    "tls.channel_binding.server", FactType::text,
    "with a Windows sign-in: binding of the server's certificate, hexadecimal MD5"};
inline constexpr FactSpec kNtlmChannelBindings{
    "ntlm.channel_bindings", FactType::text,
    "binding NTLM's third message carries, hexadecimal MD5; absent where it is all zero"};
inline constexpr FactSpec kNtlmUser{"ntlm.user", FactType::text,
                                    "user name in NTLM's third message"};
inline constexpr FactSpec kNtlmDomain{"ntlm.domain", FactType::text,
                                      "domain the client's NTLM message names"};
inline constexpr FactSpec kNtlmWorkstation{"ntlm.workstation", FactType::text,
                                           "computer the client's NTLM message names"};
inline constexpr FactSpec kNtlmResponse{
    "ntlm.response", FactType::text,
    "how NTLM's third message proves the password: v1, v2 or anonymous"};
inline constexpr FactSpec kNtlmFlag{
    "ntlm.flag", FactType::text,
    "option the client's NTLM message sets: sign, seal, always_sign, "
    "extended_session_security, lm_key, key_exchange, identify, anonymous, 128, 56; may repeat"};
inline constexpr FactSpec kNtlmClientVersion{"ntlm.client_version", FactType::text,
                                             "Windows version the client states, \"10.0.19041\""};
inline constexpr FactSpec kNtlmTimestamp{"ntlm.timestamp", FactType::text,
                                         "time in NTLM's third message (RFC 3339, UTC)"};
inline constexpr FactSpec kNtlmTargetName{
    "ntlm.target_name", FactType::text, "service the client means (SPN), \"HTTP/sts.contoso.com\""};
inline constexpr FactSpec kNtlmIntegrityCode{
    "ntlm.integrity_code", FactType::boolean,
    "true: the third message says that it is protected against changes; else absent"};
inline constexpr FactSpec kNtlmWithoutChallenge{
    "ntlm.without_challenge", FactType::boolean,
    "true: the third message is the first request of its connection: the challenge it answers came "
    "on another, where it is worth nothing; else absent"};
inline constexpr FactSpec kNtlmServerTarget{"ntlm.server.target", FactType::text,
                                            "domain or computer the server's challenge is for"};
inline constexpr FactSpec kNtlmServerNetbiosDomain{"ntlm.server.netbios_domain", FactType::text,
                                                   "NetBIOS domain in the server's challenge"};
inline constexpr FactSpec kNtlmServerNetbiosName{"ntlm.server.netbios_name", FactType::text,
                                                 "NetBIOS computer name in the server's challenge"};
inline constexpr FactSpec kNtlmServerDnsDomain{"ntlm.server.dns_domain", FactType::text,
                                               "DNS domain in the server's challenge"};
inline constexpr FactSpec kNtlmServerDnsName{"ntlm.server.dns_name", FactType::text,
                                             "DNS computer name in the server's challenge"};
inline constexpr FactSpec kNtlmServerForest{"ntlm.server.forest", FactType::text,
                                            "DNS name of the forest in the server's challenge"};
inline constexpr FactSpec kNtlmServerVersion{"ntlm.server.version", FactType::text,
                                             "Windows version the server states, \"10.0.20348\""};
inline constexpr FactSpec kNtlmServerTimestamp{"ntlm.server.timestamp", FactType::text,
                                               "time in the server's challenge (RFC 3339, UTC)"};
inline constexpr FactSpec kSpnegoMechanism{
    "spnego.mechanism", FactType::text,
    "mechanism the client offers, in its order: kerberos, ms_kerberos, ntlm, negoex, user_to_user "
    "or an object identifier; may repeat"};
inline constexpr FactSpec kSpnegoState{
    "spnego.state", FactType::text,
    "the server's negState: accept_completed, accept_incomplete, reject or request_mic"};
inline constexpr FactSpec kSpnegoChosen{"spnego.chosen_mechanism", FactType::text,
                                        "mechanism the server chose, named as in spnego.mechanism"};
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
inline constexpr FactSpec kKerberosErrorCode{"kerberos.error.code", FactType::integer,
                                             "error code in the server's KRB-ERROR"};
inline constexpr FactSpec kKerberosErrorName{
    "kerberos.error.name", FactType::text,
    "its name in RFC 4120 where it is a usual one, \"KRB_AP_ERR_MODIFIED\""};
inline constexpr FactSpec kDecodeWindowsSignInError{
    "decode.windows_sign_in.error", FactType::text,
    "what could not be read in a token, with the offset in an NTLM message"};

}  // namespace fact

// Bytes of one token that are read; Windows' own limit is 48000 (MaxTokenSize).
inline constexpr std::size_t kMaxWindowsToken = 48 * 1024;

extern const Decoder kWindowsSignInDecoder;

}  // namespace exotap
