// Which of Autodiscover's addresses a request is for. The file's name tells, in whatever folder and
// case: hosters and reverse proxies move folders, clients write both /autodiscover/ and
// /Autodiscover/.
//
// Runs for every exchange: pure, a few comparisons, no allocation.
#pragma once

#include <cstdint>
#include <string_view>

#include "capture/exchange.h"

namespace exotap {

enum class AutodiscoverEndpoint : std::uint8_t {
  none,
  pox,      // .../autodiscover.xml (MS-OXDSCLI, MS-ASCMD 2.2.1.1)
  soap,     // .../autodiscover.svc and below it /WSSecurity and the like (MS-OXWSADISC)
  json_v1,  // .../autodiscover.json/v1.0/ADDRESS
  json_v2,  // .../autodiscover.json?Email=ADDRESS
};

// `path` is without query.
[[nodiscard]] AutodiscoverEndpoint autodiscover_endpoint(std::string_view path);
// The endpoint of the request's target; none for CONNECT.
[[nodiscard]] AutodiscoverEndpoint autodiscover_endpoint(const Exchange& exchange);

}  // namespace exotap
