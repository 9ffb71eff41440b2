// Exchange Web Services: SOAP 1.1 behind /ews/exchange.asmx (MS-OXWSCDATA and the MS-OXWS* family).
// What was asked, as whom, and what came of each thing asked for: an answer of status 200 may
// refuse every one of them. Items, subjects, addresses and identifiers in the bodies are not
// stated.
//
// /ews/mrsproxy.svc moves mailboxes, services.wsdl and the schemas describe: these are named only.
#pragma once

#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kEwsDecoder;

// `path` is without query, of any case.
[[nodiscard]] bool is_ews_path(std::string_view path);

namespace fact {

inline constexpr FactSpec kEwsEndpoint{
    "ews.endpoint", FactType::text,
    "The path's part below /ews, lower case: exchange.asmx, mrsproxy.svc, services.wsdl, ..."};
inline constexpr FactSpec kDecodeEwsError{"decode.ews.error", FactType::text,
                                          "what could not be read of an EWS message"};

}  // namespace fact
}  // namespace exotap
