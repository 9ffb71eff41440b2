#include "proxy/wire/write_interest.h"

namespace exotap::wire {

// Completion ports watch nothing that was not asked for.
Socket without_write_interest(Socket connected, asio::ip::tcp /*protocol*/) { return connected; }

}  // namespace exotap::wire
