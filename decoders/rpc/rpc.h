// RPC over HTTP ("Outlook Anywhere"; MS-RPCH): two long requests, RPC_IN_DATA and RPC_OUT_DATA,
// whose bodies are the two directions of one RPC connection. Older Outlooks use it with Exchange
// on premises; Exchange Online has not had it since 2017. Whether a call failed stands in the
// packets of the OUT channel's body, behind "200 Success".
//
// Bodies are gigabytes by announcement, and the record keeps their beginning: setup and binds are
// in it, most calls are not. `rpc.cut` says so. Stubs are not read; nearly all are encrypted.
// The sign-in inside RPC is apart from HTTP's own (ntlm.*, http.auth.*): who they are differs
// where something on the way changes connections. Challenge and responses are never stated.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kRpcDecoder;

inline constexpr std::size_t kMaxRpcPackets = 4096;  // looked at, of one body
inline constexpr std::size_t kMaxRpcStated = 24;     // values of one repeating fact, of one body

namespace fact {

inline constexpr FactSpec kRpcChannel{
    "rpc.channel", FactType::text,
    "in: RPC_IN_DATA, client to server; out: RPC_OUT_DATA, server to client; mixed: RPC_CONNECT of "
    "version 1; none: a request to an RPC proxy with another method"};
inline constexpr FactSpec kRpcEcho{"rpc.echo", FactType::boolean,
                                   "true: the request has no packets: the client asks whether a "
                                   "proxy is there, or signs in first"};
inline constexpr FactSpec kRpcWithCertificate{
    "rpc.with_certificate", FactType::boolean,
    "true: the path is /rpcwithcert/, for clients that sign in with a certificate; else absent"};
inline constexpr FactSpec kRpcServer{"rpc.server", FactType::text,
                                     "server behind the proxy: a name, or mailbox-guid@domain"};
inline constexpr FactSpec kRpcPort{"rpc.port", FactType::integer, "its port"};
inline constexpr FactSpec kRpcService{"rpc.service", FactType::text,
                                      "what listens there by convention: store (6001), referral "
                                      "(6002), directory (6004), endpoint mapper (593)"};
inline constexpr FactSpec kRpcMinConnectionTimeout{
    "rpc.min_connection_timeout", FactType::integer,
    "Pragma MinConnTimeout: shortest time limit the client asks for, seconds"};
inline constexpr FactSpec kRpcSessionId{"rpc.session_id", FactType::text,
                                        "Pragma SessionId: what the client's channels share"};
inline constexpr FactSpec kRpcResourceType{"rpc.resource_type", FactType::text,
                                           "Pragma ResourceTypeUuid"};
inline constexpr FactSpec kRpcErrorCode{
    "rpc.error.code", FactType::text,
    "number in the reason phrase \"RPC Error: 6ba\", \"0x000006ba\""};
inline constexpr FactSpec kRpcErrorName{"rpc.error.name", FactType::text,
                                        "its name where it is a usual one, "
                                        "\"RPC_S_SERVER_UNAVAILABLE\""};
inline constexpr FactSpec kRpcErrorDetails{
    "rpc.error.has_details", FactType::boolean,
    "true: extended error information (EEInfo) came with it; else absent"};
inline constexpr FactSpec kRpcRequestRts{
    "rpc.request.rts", FactType::text,
    "control packet from the client by its name in MS-RPCH, \"CONN/A1\"; may repeat"};
inline constexpr FactSpec kRpcAnswerRts{
    "rpc.answer.rts", FactType::text,
    "control packet from the proxy by its name in MS-RPCH, \"CONN/A3\"; may repeat"};
inline constexpr FactSpec kRpcRequestPackets{"rpc.request.packets", FactType::integer,
                                             "whole packets in what is kept of the request"};
inline constexpr FactSpec kRpcAnswerPackets{"rpc.answer.packets", FactType::integer,
                                            "whole packets in what is kept of the answer"};
inline constexpr FactSpec kRpcConnectionTimeout{
    "rpc.connection_timeout", FactType::integer,
    "time limit the proxy sets on a silent channel, milliseconds; may repeat"};
inline constexpr FactSpec kRpcReceiveWindow{
    "rpc.receive_window", FactType::integer,
    "bytes a side takes before it has to be acknowledged; may repeat"};
inline constexpr FactSpec kRpcChannelLifetime{"rpc.channel_lifetime", FactType::integer,
                                              "bytes the IN channel is good for; may repeat"};
inline constexpr FactSpec kRpcClientKeepalive{
    "rpc.client_keepalive", FactType::integer,
    "milliseconds between signs of life the client asks for; may repeat"};
inline constexpr FactSpec kRpcInterface{
    "rpc.interface", FactType::text,
    "interface the client binds to: EMSMDB (mailbox), NSPI (address book), RFR (referral), else "
    "its identifier; with its version, \"EMSMDB 0.81\"; may repeat"};
inline constexpr FactSpec kRpcBindResult{
    "rpc.bind.result", FactType::text,
    "what the server made of one interface: acceptance, user_rejection, provider_rejection with "
    "its reason, or negotiate_ack; may repeat"};
inline constexpr FactSpec kRpcBindNak{"rpc.bind.refused", FactType::text,
                                      "why the server refused a bind as a whole (bind_nak)"};
inline constexpr FactSpec kRpcFaultStatus{"rpc.fault.status", FactType::text,
                                          "status of a call the server did not carry out, "
                                          "\"0x00000005\"; may repeat"};
inline constexpr FactSpec kRpcFaultName{"rpc.fault.name", FactType::text,
                                        "its name where it is a usual one, "
                                        "\"ERROR_ACCESS_DENIED\"; may repeat"};
inline constexpr FactSpec kRpcAuthType{"rpc.auth.type", FactType::text,
                                       "how the client signs in inside RPC: ntlm, negotiate, "
                                       "kerberos, ..."};
inline constexpr FactSpec kRpcAuthLevel{"rpc.auth.level", FactType::text,
                                        "what that protects: connect, packet, integrity, privacy"};
inline constexpr FactSpec kRpcAuthNtlm{
    "rpc.auth.ntlm", FactType::text,
    "NTLM message inside RPC: negotiate, challenge or authenticate; may repeat"};
inline constexpr FactSpec kRpcAuthUser{"rpc.auth.user", FactType::text,
                                       "user name in NTLM's third message inside RPC"};
inline constexpr FactSpec kRpcAuthDomain{"rpc.auth.domain", FactType::text,
                                         "domain in NTLM's third message inside RPC"};
inline constexpr FactSpec kRpcAuthWorkstation{"rpc.auth.workstation", FactType::text,
                                              "computer in NTLM's third message inside RPC"};
inline constexpr FactSpec kRpcAuthTarget{"rpc.auth.target", FactType::text,
                                         "domain or server NTLM's challenge inside RPC is for"};
inline constexpr FactSpec kRpcCut{
    "rpc.cut", FactType::boolean,
    "true: of a body only the beginning was kept; packets beyond it were not seen; else absent"};

inline constexpr FactSpec kDecodeRpcError{"decode.rpc.error", FactType::text,
                                          "what could not be read of the packets"};

}  // namespace fact
}  // namespace exotap
