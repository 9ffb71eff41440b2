// What an exchange says as HTTP: URL, method, status, sizes, the servers that answered
// (RFC 9110, RFC 9112). Runs on every exchange, with or without an answer.
// Answers that exotap gave itself (to CONNECT, to what it refused) state their status and reason
// only: what they say about the server would be about exotap.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kUrlDomain{"url.domain", FactType::text,
                                     "host the client meant, lower case, without port"};
inline constexpr FactSpec kUrlPort{"url.port", FactType::integer, "port the client meant"};
inline constexpr FactSpec kUrlScheme{"url.scheme", FactType::text, "https or http"};
inline constexpr FactSpec kUrlPath{"url.path", FactType::text,
                                   "path as sent, without query; absent with CONNECT"};
inline constexpr FactSpec kUrlQuery{"url.query", FactType::text,
                                    "query as sent; values of secret parameters read [redacted]"};
inline constexpr FactSpec kHttpRequestMethod{"http.request.method", FactType::text,
                                             "method as sent (upper case but for odd clients)"};
inline constexpr FactSpec kHttpVersion{"http.version", FactType::text,
                                       "HTTP version of the request, \"1.1\""};
inline constexpr FactSpec kHttpResponseStatusCode{"http.response.status_code", FactType::integer,
                                                  "status of the final answer"};
inline constexpr FactSpec kHttpResponseReason{"http.response.reason", FactType::text,
                                              "reason phrase of the answer"};
inline constexpr FactSpec kUserAgentOriginal{"user_agent.original", FactType::text,
                                             "User-Agent as sent"};
inline constexpr FactSpec kHttpRequestMimeType{
    "http.request.mime_type", FactType::text,
    "media type of the request body, lower case, without parameters"};
inline constexpr FactSpec kHttpResponseMimeType{
    "http.response.mime_type", FactType::text,
    "media type of the answer's body, lower case, without parameters"};
inline constexpr FactSpec kHttpRequestBodyBytes{
    "http.request.body.bytes", FactType::integer,
    "bytes of the request body, transfer coding removed"};
inline constexpr FactSpec kHttpResponseBodyBytes{
    "http.response.body.bytes", FactType::integer,
    "bytes of the answer's body, transfer coding removed"};
inline constexpr FactSpec kHttpResponseLocation{
    "http.response.location", FactType::text,
    "URL of the redirect; values of secret parameters read [redacted]"};
inline constexpr FactSpec kHttpResponseServer{"http.response.server", FactType::text,
                                              "Server field of the answer"};
inline constexpr FactSpec kHttpResponseVia{
    "http.response.via", FactType::text, "Via field of the answer: proxies it passed; may repeat"};
inline constexpr FactSpec kHttpResponseAltSvc{
    "http.response.alt_svc", FactType::text,
    "Alt-Svc of the answer: where the server invites clients to go on, with HTTP/3; exotap takes "
    "it out of the answers it opens, so that they stay"};
inline constexpr FactSpec kHttpResponseRetryAfter{"http.response.retry_after", FactType::text,
                                                  "Retry-After as sent: seconds or a date"};
inline constexpr FactSpec kHttpResponseIsHtml{
    "http.response.is_html", FactType::boolean,
    "the answer is a web page, by its media type or by how its body begins"};
inline constexpr FactSpec kHttpResponseFromMicrosoft{
    "http.response.from_microsoft", FactType::boolean,
    "the answer carries a field only Exchange or Entra ID servers set (request-id, X-FEServer, "
    "...); without one it may come from something in between"};
inline constexpr FactSpec kHttpResponseComplete{"http.response.complete", FactType::boolean,
                                                "the answer was seen to its end"};
inline constexpr FactSpec kHttpResponseClockSkew{
    "http.response.clock_skew", FactType::integer,
    "seconds the server's Date is ahead of this machine's clock (negative: behind)"};
inline constexpr FactSpec kHttpInterim{"http.interim", FactType::integer,
                                       "status of a 1xx answer before the final one; may repeat"};
inline constexpr FactSpec kMsRequestId{"ms.request_id", FactType::text,
                                       "request-id or x-ms-request-id: what Microsoft asks for"};
inline constexpr FactSpec kMsClientRequestId{"ms.client_request_id", FactType::text,
                                             "client-request-id of the request, else the answer"};
inline constexpr FactSpec kMsFrontendServer{
    "ms.frontend_server", FactType::text, "X-FEServer: Exchange front end; may repeat, one a hop"};
inline constexpr FactSpec kMsBackendServer{"ms.backend_server", FactType::text,
                                           "X-BEServer: Exchange back end that answered"};
inline constexpr FactSpec kMsCalculatedBackend{"ms.calculated_backend", FactType::text,
                                               "X-CalculatedBETarget: where the front end routed"};
inline constexpr FactSpec kMsBackendStatus{
    "ms.backend_status", FactType::integer,
    "X-BackEndHttpStatus: status the back end gave the front end; may repeat, one a hop"};
inline constexpr FactSpec kMsEstsServer{"ms.ests_server", FactType::text,
                                        "x-ms-ests-server: Entra ID server that answered"};
inline constexpr FactSpec kMsCasError{"ms.cas_error", FactType::text,
                                      "X-CasErrorCode: error name of Exchange's front end"};
inline constexpr FactSpec kMsOwaError{"ms.owa_error", FactType::text,
                                      "X-OWA-Error: class of the exception in Outlook on the web"};

}  // namespace fact

extern const Decoder kHttpDecoder;

}  // namespace exotap
