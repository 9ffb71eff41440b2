// The cookies that hold a MAPI/HTTP session together (MS-OXCMAPIHTTP 2.2.3.2.4): their names say
// which server keeps them and whether a session is there at all; their values are secret.
#pragma once

#include "capture/message.h"
#include "decoders/facts.h"

namespace exotap {

inline constexpr std::size_t kMaxCookieNames = 16;  // stated of one message
inline constexpr std::size_t kMaxCookieName = 64;   // bytes; a longer one is left out

// States `spec` for every name in Cookie.
void state_cookies_sent(const Head& request, const FactSpec& spec, Facts& facts);
// ... in Set-Cookie. True where they are not Exchange's: gromox keeps its session in "sid", and
// numbers its response codes in its own way.
bool state_cookies_set(const Head& answer, const FactSpec& spec, Facts& facts);

}  // namespace exotap
