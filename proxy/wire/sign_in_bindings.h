// What a sign-in on an opened connection would be bound to on either side
// (certs/channel_binding.h). It is worked out when a request brings a Windows sign-in and not for
// every connection: the digests of two certificates cost a new connection more than all of exotap's
// records of it. I/O thread.
#pragma once

#include "capture/exchange.h"
#include "capture/message.h"
#include "proxy/wire/leg.h"

namespace exotap::wire {

// Whether this request's Authorization is a scheme that can be bound to its connection: NTLM,
// Negotiate, Kerberos.
[[nodiscard]] bool brings_bindable_sign_in(const Head& request);

// The bindings of the certificate the client was shown and of the server's. A resumed session has
// brought no certificate and remembers the one it began with: sign-ins are bound to that one.
void state_bindings(const Leg& client, const Leg& server, TlsRecord& tls);

}  // namespace exotap::wire
