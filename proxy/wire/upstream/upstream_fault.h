// What is said of a way out that failed. Every such fault is of FaultType::proxy and names the
// proxy: the server behind it was never spoken to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "capture/exchange.h"
#include "proxy/wire/upstream/ask_upstream.h"
#include "proxy/wire/upstream/route.h"

namespace exotap::wire {

// The proxy was dialled in vain (`fault` is the dial's), its TLS failed, its certificate is bad.
// The fault of a client that left is left as it is.
[[nodiscard]] Fault dead_upstream(const Hop& hop, const Fault& fault);
// The proxy answered CONNECT with something else than 2xx, not at all, or with no HTTP.
[[nodiscard]] Fault upstream_said_no(const Hop& hop, const UpstreamAnswer& answer);
// Nobody knows the way: Route::problem.
[[nodiscard]] Fault no_route(std::string_view problem);

// The page that says so, where the proxy itself said nothing that could be passed on.
[[nodiscard]] std::string upstream_page(const Fault& fault);

}  // namespace exotap::wire
