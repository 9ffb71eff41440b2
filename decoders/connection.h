// How the connection went: client, server, phases and their time, and what broke. Runs on every
// exchange. Error words are those of interface.md (`error.type`).
#pragma once

#include "decoders/decoder.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kErrorType{
    "error.type", FactType::text,
    "what failed: dns, tcp, proxy, tls, http, timeout or client; absent where nothing did"};
inline constexpr FactSpec kErrorCode{"error.code", FactType::text,
                                     "the failure as the system names it, e.g. ECONNREFUSED"};
inline constexpr FactSpec kErrorMessage{"error.message", FactType::text,
                                        "the failure in one sentence"};
inline constexpr FactSpec kExotapFaultStage{
    "exotap.fault.stage", FactType::text,
    "how far it had come when it failed, or what it still waits for: resolve, connect, tls, "
    "request, answer or tunnel"};
inline constexpr FactSpec kExotapHandling{
    "exotap.handling", FactType::text,
    "opened, tunnelled, clear, refused, or probed where exotap "
    "itself asked and no client did"};
inline constexpr FactSpec kExotapHandlingReason{"exotap.handling.reason", FactType::text,
                                                "why it was tunnelled or refused, in one word"};
inline constexpr FactSpec kExotapStepAside{
    "exotap.step_aside", FactType::text,
    "why exotap stopped opening this host's connections just now: client_certificate_wanted, "
    "client_rejects_leaf, client_handshake_failed, channel_binding or server_handshake_failed; "
    "else "
    "absent"};
inline constexpr FactSpec kExotapProbe{
    "exotap.probe", FactType::text,
    "certificate: exotap itself asked the server for it, beside the client's tunnel that hides it; "
    "absent where a client's connection is told"};
inline constexpr FactSpec kExotapProbeError{"exotap.probe.error", FactType::text,
                                            "why that question got no answer, in one sentence"};
inline constexpr FactSpec kExotapConnect{"exotap.connect", FactType::boolean,
                                         "true: this record is a CONNECT; else absent"};
inline constexpr FactSpec kExotapStillWaiting{
    "exotap.still_waiting", FactType::boolean,
    "true: told early, the finished record follows with the same id; else absent"};
inline constexpr FactSpec kExotapMailRelated{"exotap.mail_related", FactType::boolean,
                                             "the host or the request concerns mail or sign-in"};
inline constexpr FactSpec kExotapSpeculative{
    "exotap.speculative", FactType::boolean,
    "true: the client connected and left without sending a byte; else absent"};
inline constexpr FactSpec kExotapClientAborted{
    "exotap.client_aborted", FactType::boolean,
    "true: the client hung up before the answer was complete; else absent"};
inline constexpr FactSpec kExotapClearToProxy{
    "exotap.clear_to_proxy", FactType::boolean,
    "true: the client sent an https URL in clear to the proxy; else absent"};
inline constexpr FactSpec kExotapUpstreamAddress{
    "exotap.upstream.address", FactType::text,
    "the proxy behind exotap it went through, e.g. http://proxy.contoso.com:8080; absent where the "
    "server is reached directly"};
inline constexpr FactSpec kExotapUpstreamType{
    "exotap.upstream.type", FactType::text,
    "who chose that proxy: fixed (--upstream URL), pac (a PAC file) or system (its settings)"};
inline constexpr FactSpec kExotapUpstreamSignIn{
    "exotap.upstream.sign_in", FactType::text,
    "exotap itself was to sign in to that proxy: sent (it did, with its own credentials) or unable "
    "(no ticket, no way that both know); else absent"};
inline constexpr FactSpec kExotapConnectionId{"exotap.connection.id", FactType::integer,
                                              "which client connection, unique in this run"};
inline constexpr FactSpec kExotapConnectionSequence{
    "exotap.connection.sequence", FactType::integer,
    "how many exchanges came before on the same client connection"};
inline constexpr FactSpec kClientAddress{"client.address", FactType::text, "client's IP address"};
inline constexpr FactSpec kClientPort{"client.port", FactType::integer, "client's port"};
inline constexpr FactSpec kDestinationIp{"destination.ip", FactType::text,
                                         "server's address dialled; absent where nothing was, "
                                         "and behind a proxy"};
inline constexpr FactSpec kDestinationPort{"destination.port", FactType::integer,
                                           "server's port dialled; absent as the address"};
inline constexpr FactSpec kDnsResponseCode{
    "dns.response_code", FactType::text,
    "NXDOMAIN (no such name), NO_DATA (name without address) or SERVFAIL (no answer)"};
inline constexpr FactSpec kEventDuration{"event.duration", FactType::integer,
                                         "nanoseconds from beginning to end"};
inline constexpr FactSpec kExotapTimingDns{"exotap.timing.dns", FactType::integer,
                                           "nanoseconds to resolve the name"};
inline constexpr FactSpec kExotapTimingConnect{"exotap.timing.connect", FactType::integer,
                                               "nanoseconds to connect"};
inline constexpr FactSpec kExotapTimingTls{"exotap.timing.tls", FactType::integer,
                                           "nanoseconds of the TLS handshake with the server"};
inline constexpr FactSpec kExotapTimingWait{
    "exotap.timing.wait", FactType::integer,
    "nanoseconds from the request's end to the answer's first byte"};
inline constexpr FactSpec kExotapTimingReceive{"exotap.timing.receive", FactType::integer,
                                               "nanoseconds to receive the answer"};

}  // namespace fact

extern const Decoder kConnectionDecoder;

}  // namespace exotap
