// What NTLM's messages say as facts, wherever they were carried: in Authorization and
// WWW-Authenticate (MS-NTHT 2.2), in SPNEGO, or in the authentication of an RPC call. Never a
// response, a challenge or a key, not even in part.
#pragma once

#include <cstdint>
#include <optional>

#include "capture/exchange.h"
#include "decoders/facts.h"
#include "decoders/ntlm_message.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kAuthChannelBindings{
    "auth.channel_bindings", FactType::text,
    "what the client bound its sign-in to: exotap (the certificate exotap showed it), server (the "
    "server's own), other (another certificate: something else opens TLS between them), none, or "
    "hidden (Kerberos: encrypted)"};
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
    "how NTLM's third message proves the password: v2, v1, v1_session (v1 with the client's own "
    "challenge), lm (the oldest alone) or anonymous"};
inline constexpr FactSpec kNtlmFlag{
    "ntlm.flag", FactType::text,
    "option the client's NTLM message sets, as MS-NLMP 2.2.2.5 names it: unicode, oem, "
    "request_target, sign, seal, always_sign, extended_session_security, target_info, version, "
    "key_exchange, anonymous, 128, 56 and others; may repeat"};
inline constexpr FactSpec kNtlmClientVersion{"ntlm.client_version", FactType::text,
                                             "Windows version the client states, \"10.0.19041\""};
inline constexpr FactSpec kNtlmTimestamp{"ntlm.timestamp", FactType::text,
                                         "time in NTLM's third message (RFC 3339, UTC)"};
inline constexpr FactSpec kNtlmTargetName{
    "ntlm.target_name", FactType::text, "service the client means (SPN), \"HTTP/sts.contoso.com\""};
inline constexpr FactSpec kNtlmIntegrityCode{
    "ntlm.integrity_code", FactType::boolean,
    "true: the third message says that it is protected against changes; else absent"};
inline constexpr FactSpec kNtlmIntegrityCodeSent{
    "ntlm.integrity_code_sent", FactType::boolean,
    "true: the third message carries the code that protects it (its MIC); else absent"};
inline constexpr FactSpec kNtlmClockSkew{
    "ntlm.clock_skew", FactType::integer,
    "seconds the time in NTLM's third message is ahead of the answer's Date (negative: behind); "
    "Windows clients repeat the challenge's time where it has one"};
inline constexpr FactSpec kNtlmSessionKey{
    "ntlm.session_key", FactType::boolean,
    "true: the third message brings a session key of the client's; else absent"};
inline constexpr FactSpec kNtlmSingleHost{
    "ntlm.single_host", FactType::boolean,
    "true: the third message names the client's machine to keep it from signing in to itself; "
    "else absent"};
inline constexpr FactSpec kNtlmConstrained{
    "ntlm.constrained", FactType::boolean,
    "true: the challenge the client answers says that the account is constrained; else absent"};
inline constexpr FactSpec kNtlmUntrustedTarget{
    "ntlm.untrusted_target", FactType::boolean,
    "true: the client says that its target name came from an untrusted source; else absent"};
inline constexpr FactSpec kNtlmAnsweredComputer{
    "ntlm.answered.netbios_name", FactType::text,
    "NetBIOS computer name in the challenge that the third message answers"};
inline constexpr FactSpec kNtlmAnsweredNetbiosDomain{
    "ntlm.answered.netbios_domain", FactType::text,
    "NetBIOS domain in the challenge that the third message answers"};
inline constexpr FactSpec kNtlmAnsweredDnsName{
    "ntlm.answered.dns_name", FactType::text,
    "DNS computer name in the challenge that the third message answers"};
inline constexpr FactSpec kNtlmAnsweredDnsDomain{
    "ntlm.answered.dns_domain", FactType::text,
    "DNS domain in the challenge that the third message answers"};
inline constexpr FactSpec kNtlmAnsweredForest{
    "ntlm.answered.forest", FactType::text,
    "DNS name of the forest in the challenge that the third message answers"};
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
inline constexpr FactSpec kNtlmServerFlag{
    "ntlm.server.flag", FactType::text,
    "option the server's challenge sets, named as in ntlm.flag; may repeat"};
inline constexpr FactSpec kNtlmServerClockSkew{
    "ntlm.server.clock_skew", FactType::integer,
    "seconds the time in the server's challenge is ahead of the answer's Date (negative: behind)"};

}  // namespace fact

// The client's messages, first and third; nothing of another. `tls` says what a binding may be
// bound to, `date` is the answer's Date in seconds since 1970 UTC.
void state_client_ntlm(const NtlmMessage& message, const TlsRecord& tls,
                       std::optional<std::int64_t> date, Facts& facts);
// The server's challenge; nothing of another message.
void state_ntlm_challenge(const NtlmMessage& message, std::optional<std::int64_t> date,
                          Facts& facts);

}  // namespace exotap
