// Outlook on the web, and the new Outlook, ask Exchange with JSON behind /owa/service.svc: the
// operations of EWS and others in another dress, with its response classes and codes. An answer of
// status 200 may refuse what was asked. Shapes are those seen on the wire; Microsoft publishes
// none.
//
// Facts are those of EWS. Everything else below /owa is named only (decoders/service.h).
#pragma once

#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

extern const Decoder kOwaDecoder;

// `path` is without query, of any case.
[[nodiscard]] bool is_owa_service_path(std::string_view path);

namespace fact {

inline constexpr FactSpec kOwaException{
    "owa.exception", FactType::text,
    "class of the exception in a JSON answer of Outlook on the web"};
inline constexpr FactSpec kDecodeOwaError{"decode.owa.error", FactType::text,
                                          "what could not be read of a JSON answer of it"};

}  // namespace fact
}  // namespace exotap
