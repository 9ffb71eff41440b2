// Request heads as a proxy behind exotap wants them.
#pragma once

#include <string>
#include <string_view>

#include "capture/message.h"
#include "proxy/wire/connect_to.h"

namespace exotap::wire {

// The client's CONNECT said again: its fields as they came. Where `target` is another than the
// client's, request line and Host name it; where `authorization` is not empty, that stands in
// Proxy-Authorization's place. A head that is no CONNECT (an https:// URL sent in clear) gives only
// its User-Agent and Proxy-Authorization.
[[nodiscard]] std::string connect_head(const Head& client, const HostPort& target,
                                       std::string_view authorization);

// A request in absolute-form for the next proxy: as it came, with `authorization` as above.
[[nodiscard]] std::string proxied_head(const Head& client, std::string_view authorization);

// A question in the place of a request in absolute-form, to be asked before the request itself:
// HEAD of the same target, and only from the proxy's own memory (RFC 9111 section 5.2.1.7), so that
// no server need hear of it. Has the client's User-Agent, and `authorization` where there is one.
[[nodiscard]] std::string question_head(const Head& client, std::string_view authorization);

}  // namespace exotap::wire
