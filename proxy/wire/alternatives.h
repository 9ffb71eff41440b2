// Alt-Svc (RFC 7838) tells a client where else it may go from now on: with HTTP/3 to another port,
// past every proxy. exotap speaks HTTP/1.1 only, so what invites a client away is taken out of the
// answers it opens, and that is the only field it takes out.
#pragma once

#include <string>

#include "capture/message.h"

namespace exotap::wire {

// Appends the head as it came, without its Alt-Svc lines.
void append_without_alternatives(std::string& to, const Head& head);

}  // namespace exotap::wire
