// Which service of Microsoft's an exchange is with, by host and path, so that a line says what it
// is even where no decoder reads the messages: Outlook talks to two dozen of them, and most are not
// mail.
//
// Hosts are those of Microsoft's published Microsoft 365 endpoint list and of Outlook's traffic;
// paths are Exchange's virtual directories and the published APIs. States nothing about others.
#pragma once

#include <string_view>

#include "decoders/decoder.h"

namespace exotap {

// Texts live as long as the program.
struct Service {
  std::string_view name;
  std::string_view purpose;
};

// nullptr where it is none that is known. `host` is lower case; `path` is without query, and empty
// for a CONNECT, where the host alone decides. Allocates nothing: runs for every exchange.
[[nodiscard]] const Service* service_of(std::string_view host, std::string_view path);

extern const Decoder kServiceDecoder;

namespace fact {

inline constexpr FactSpec kServiceName{
    "service.name", FactType::text,
    "Microsoft's service behind host and path: Microsoft Graph, Outlook on the web, ..."};
inline constexpr FactSpec kServicePurpose{"service.purpose", FactType::text,
                                          "what it is there for: free/busy, telemetry, ..."};

}  // namespace fact
}  // namespace exotap
