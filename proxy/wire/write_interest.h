// What a socket that was connected leaves behind in the event loop.
#pragma once

#include "proxy/wire/asio_types.h"

namespace exotap::wire {

// The same connection, as if it had been accepted. On Linux a socket whose connecting was waited
// for stays on the watch for room to write as long as it lives, and there nearly always is: each
// wait for bytes then wakes the thread once in vain. Elsewhere `connected` as it is; a closed
// socket where the system lets it be watched no more. Nothing may be waiting on it.
[[nodiscard]] Socket without_write_interest(Socket connected, asio::ip::tcp protocol);

}  // namespace exotap::wire
