// MAPI/HTTP, the way Outlook works with a mailbox and its address book (MS-OXCMAPIHTTP): POSTs to
// /mapi/emsmdb and /mapi/nspi that nearly always end with status 200. Whether they succeeded says
// X-ResponseCode, then the words before the body, then the body's own codes.
//
// A GET is answered with a page that says which server it is: no answer of the protocol.
// Of cookies only names are stated.
#pragma once

#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kMapiDecoder;

// "emsmdb" (mailbox) or "nspi" (address book); empty for other paths. `path` is without query.
[[nodiscard]] std::string_view mapi_endpoint(std::string_view path);

namespace fact {

inline constexpr FactSpec kMapiEndpoint{"mapi.endpoint", FactType::text,
                                        "emsmdb: the mailbox; nspi: the address book"};
inline constexpr FactSpec kMapiRequestType{"mapi.request_type", FactType::text,
                                           "X-RequestType: Connect, Execute, NotificationWait, "
                                           "Disconnect, Bind, Unbind, PING, ..."};
inline constexpr FactSpec kMapiRequestId{"mapi.request_id", FactType::text,
                                         "X-RequestId: the client's session and its count of "
                                         "requests"};
inline constexpr FactSpec kMapiClientInfo{"mapi.client_info", FactType::text,
                                          "X-ClientInfo: the client's own mark of the request"};
inline constexpr FactSpec kMapiClientApplication{"mapi.client_application", FactType::text,
                                                 "X-ClientApplication: program and version"};
inline constexpr FactSpec kMapiServerApplication{"mapi.server_application", FactType::text,
                                                 "X-ServerApplication: the server's version"};
inline constexpr FactSpec kMapiUserDn{
    "mapi.user_dn", FactType::text,
    "whose mailbox a Connect asks for, as the directory names them (UserDn)"};
inline constexpr FactSpec kMapiCookieSent{"mapi.cookie.sent", FactType::text,
                                          "name of a cookie the request carries; may repeat"};
inline constexpr FactSpec kMapiCookieSet{"mapi.cookie.set", FactType::text,
                                         "name of a cookie the answer sets; may repeat"};
inline constexpr FactSpec kMapiPendingPeriod{
    "mapi.pending_period", FactType::integer,
    "X-PendingPeriod: milliseconds between signs of life while an answer is worked on"};
inline constexpr FactSpec kMapiExpiration{
    "mapi.expiration", FactType::integer,
    "X-ExpirationInfo: milliseconds until the session is gone without a request"};
inline constexpr FactSpec kMapiTunnelExpiration{
    "mapi.tunnel_expiration", FactType::integer,
    "X-TunnelExpirationTime: milliseconds until the connection to the back end is renewed"};
inline constexpr FactSpec kMapiResponseCode{
    "mapi.response_code", FactType::integer,
    "X-ResponseCode, or its second value behind DONE; not 0: the request was not carried out"};
inline constexpr FactSpec kMapiResponseCodeName{
    "mapi.response_code_name", FactType::text,
    "its name in MS-OXCMAPIHTTP; absent where the server is not Exchange and counts otherwise"};
inline constexpr FactSpec kMapiDiagnostics{
    "mapi.diagnostics", FactType::text,
    "the text that comes with a response code other than 0, or as a page of Exchange's own in the "
    "answer's place, without its mark-up"};
inline constexpr FactSpec kMapiPreamble{
    "mapi.preamble", FactType::text,
    "word of the server before the body: PROCESSING, PENDING or DONE; each stated once"};
inline constexpr FactSpec kMapiPendings{"mapi.pendings", FactType::integer,
                                        "how often the server said PENDING"};
inline constexpr FactSpec kMapiDone{
    "mapi.done", FactType::boolean,
    "whether the server said DONE; false: the answer ended before; absent where that is unknown"};
inline constexpr FactSpec kMapiElapsed{"mapi.elapsed", FactType::integer,
                                       "X-ElapsedTime: milliseconds the server worked on it"};
inline constexpr FactSpec kMapiStarted{"mapi.started", FactType::text,
                                       "X-StartTime: when the server began, as sent"};
inline constexpr FactSpec kMapiStatusCode{
    "mapi.status_code", FactType::text,
    "StatusCode of the answer's body, where it is not 0: the call was not carried out"};
inline constexpr FactSpec kMapiErrorCode{
    "mapi.error.code", FactType::text,
    "ErrorCode of the answer's body, where it is not 0, \"0x00000478\""};
inline constexpr FactSpec kMapiErrorName{
    "mapi.error.name", FactType::text,
    "its name in MS-OXCDATA, \"WrongServer\", for those that a "
    "sign-in or a connection can meet"};
inline constexpr FactSpec kMapiPollsMax{"mapi.connect.polls_max", FactType::integer,
                                        "Connect: most milliseconds between polls"};
inline constexpr FactSpec kMapiRetryCount{"mapi.connect.retry_count", FactType::integer,
                                          "Connect: how often the client may try again"};
inline constexpr FactSpec kMapiRetryDelay{"mapi.connect.retry_delay", FactType::integer,
                                          "Connect: milliseconds to wait before that"};
inline constexpr FactSpec kMapiEventPending{"mapi.notification.pending", FactType::boolean,
                                            "NotificationWait: something has happened in the "
                                            "mailbox; false: the wait ended without"};
inline constexpr FactSpec kMapiRop{"mapi.rop", FactType::text,
                                   "Execute: the first operation answered, \"RopLogon\""};
inline constexpr FactSpec kMapiRopErrorCode{"mapi.rop.error.code", FactType::text,
                                            "Execute: what the first operation returned, where it "
                                            "is not 0, \"0x00000478\""};
inline constexpr FactSpec kMapiRopErrorName{"mapi.rop.error.name", FactType::text,
                                            "its name in MS-OXCDATA, as in mapi.error.name"};
inline constexpr FactSpec kMapiRopServer{
    "mapi.rop.server", FactType::text,
    "RopLogon: the server that has the mailbox, where this one has not"};
inline constexpr FactSpec kMapiRopBackoff{"mapi.rop.backoff", FactType::integer,
                                          "RopBackoff: milliseconds the client has to hold back"};
inline constexpr FactSpec kMapiRopUnread{
    "mapi.rop.unread", FactType::text,
    "Execute: why its operations were not looked at: compressed or cut"};

inline constexpr FactSpec kDecodeMapiError{"decode.mapi.error", FactType::text,
                                           "what could not be read of a MAPI/HTTP answer"};

}  // namespace fact
}  // namespace exotap
