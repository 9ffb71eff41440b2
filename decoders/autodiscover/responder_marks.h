// The marks by which the products are told that answer in Exchange's place: fields of the answer's
// head and words of its page. A mark is something a product writes by itself and others do not;
// where there is none, the name stays out.
//
// Pure; nothing throws, nothing allocates.
#pragma once

#include <string_view>

#include "capture/message.h"

namespace exotap {

// Panels, mail servers, content systems, gateways: by a field only they set, or by where they
// redirect to. Empty where no mark is known.
[[nodiscard]] std::string_view product_by_head(const Head& head);
// By the words of a page. `page` is bounded by the caller.
[[nodiscard]] std::string_view product_by_page(std::string_view page);
// The web server by its Server field: "apache", "nginx", "iis", ...; empty where unnamed.
[[nodiscard]] std::string_view server_by_head(const Head& head);

}  // namespace exotap
