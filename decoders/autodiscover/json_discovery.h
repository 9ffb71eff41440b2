// Autodiscover's JSON form, a redirector that tells one URL for one protocol and asks nobody to
// sign in. It has no open specification; what is read here is what Exchange Online sends and
// Outlook asks. Version 1 has the address in the path (/autodiscover.json/v1.0/ADDRESS), version 2
// in the query (Email=). A redirect of status 302 is its ordinary way to say "not here".
#pragma once

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kAutodiscoverJsonDecoder;

namespace fact {

inline constexpr FactSpec kAutodiscoverRequestProtocol{
    "autodiscover.request.protocol", FactType::text,
    "Protocol a JSON request asks for: AutodiscoverV1, ActiveSync, Ews, Rest"};
inline constexpr FactSpec kAutodiscoverRequestRedirectCount{
    "autodiscover.request.redirect_count", FactType::integer,
    "RedirectCount of a JSON request: redirects the client says it has followed"};
inline constexpr FactSpec kAutodiscoverJsonError{
    "autodiscover.json_error", FactType::boolean,
    "true: the answer's head says that its body is an error (jsonerror); else absent"};
inline constexpr FactSpec kDecodeAutodiscoverJsonError{
    "decode.autodiscover_json.error", FactType::text,
    "what could not be read of a JSON Autodiscover answer"};

}  // namespace fact
}  // namespace exotap
