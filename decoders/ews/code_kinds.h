// What kind of trouble a response code of EWS is (MS-OXWSCDATA section 2.2.5.24 lists the codes):
// the few kinds decide what a person can do about it.
#pragma once

#include <string_view>

namespace exotap::ews {

// throttled:  the client asks too much; wait or ask less
// retry:      passes by itself
// server:     the server failed; the inner error says at what
// rights:     not allowed, or not to be seen
// address:    no such mailbox, or an address that names none
// free_busy:  the other side of a free/busy query could not be asked
// client_bug: the request itself is wrong, or its version
// routing:    the request reached a server that cannot answer it
// account:    disabled, unlicensed, expired, shut out
// quota:      the mailbox is full
// warning:    an ordinary answer that looks like an error
// Empty for codes of no known kind, and for NoError.
[[nodiscard]] std::string_view kind_of_code(std::string_view code);

}  // namespace exotap::ews
