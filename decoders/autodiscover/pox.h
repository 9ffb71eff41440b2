// Autodiscover in its plain XML form, and ActiveSync's flavour of it (MS-OXDSCLI, MS-ASCMD
// 2.2.1.1): what was asked, what was answered, and who answered at all: /autodiscover/
// autodiscover.xml is where web sites and mail hosters answer in Exchange's place.
#pragma once

#include <string_view>

#include "decoders/autodiscover/discovery_facts.h"
#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kPoxDecoder;

// True for .../autodiscover.xml of any case; `path` is without query.
[[nodiscard]] bool is_pox_path(std::string_view path);

namespace fact {

inline constexpr FactSpec kAutodiscoverRequestLegacyDn{
    "autodiscover.request.legacy_dn", FactType::text, "the LegacyDN that was asked for"};
inline constexpr FactSpec kAutodiscoverRequestSchema{"autodiscover.request.schema", FactType::text,
                                                     "AcceptableResponseSchema of the request"};

inline constexpr FactSpec kAutodiscoverErrorCode{
    "autodiscover.error.code", FactType::integer,
    "ErrorCode: 500 no such address, 501 nothing configured, 600 bad request, 601 no such "
    "schema, 602 configuration error, 603 server error"};
inline constexpr FactSpec kAutodiscoverErrorTime{"autodiscover.error.time", FactType::text,
                                                 "the server's time of day in the error"};
inline constexpr FactSpec kAutodiscoverErrorId{"autodiscover.error.id", FactType::text,
                                               "Id of the error: a hash of the server's name"};
inline constexpr FactSpec kAutodiscoverErrorStatus{"autodiscover.error.status", FactType::integer,
                                                   "ActiveSync's Status: 2 is a protocol error"};

inline constexpr FactSpec kAutodiscoverMicrosoftOnline{
    "autodiscover.microsoft_online", FactType::text, "True where the mailbox is in the cloud"};

inline constexpr FactSpec kAutodiscoverProtocolServer{
    "autodiscover.protocol.server", FactType::text, "each Protocol block's Server"};
inline constexpr FactSpec kAutodiscoverProtocolAuthPackage{
    "autodiscover.protocol.auth_package", FactType::text, "each Protocol block's AuthPackage"};
inline constexpr FactSpec kAutodiscoverProtocolEwsUrl{
    "autodiscover.protocol.ews_url", FactType::text, "each Protocol block's EwsUrl"};
inline constexpr FactSpec kAutodiscoverProtocolSummary{
    "autodiscover.protocol.summary", FactType::text,
    "each Protocol block in a line: \"EXPR server=mail.contoso.com auth=Ntlm\""};

inline constexpr FactSpec kDecodePoxError{"decode.pox.error", FactType::text,
                                          "what could not be read of an Autodiscover message"};

}  // namespace fact
}  // namespace exotap
