// What every Autodiscover request says in its head, whatever its flavour, and what an answer can
// say there: a redirect.
//
// Pure; a thread each; nothing throws but for memory.
#pragma once

#include <string>
#include <string_view>

#include "capture/exchange.h"
#include "decoders/facts.h"

namespace exotap {

// RFC 5321 section 4.5.3.1: 64 bytes, "@", 255 bytes.
inline constexpr std::size_t kMaxMailAddress = 320;

// autodiscover.path and what the client says it can use (X-MapiHttpCapability, X-ClientCanHandle).
void state_request_terms(const Exchange& exchange, Facts& facts);

// A redirect by status and Location (MS-OXDSCLI section 3.1.5.2 and MS-OXDISCO section 3.1.5.4
// speak of 302; 301, 303, 307 and 308 say the same), its URL made absolute.
void state_http_redirect(const Exchange& exchange, Facts& facts);

// The URL a Location means, seen from the request; as it came where that cannot be told.
[[nodiscard]] std::string absolute_url(const Exchange& exchange, std::string_view location);

// Whether a text from a path or query can be a mail address: probes put whole URLs there.
[[nodiscard]] bool is_mail_address(std::string_view text);

}  // namespace exotap
