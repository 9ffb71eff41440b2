// The client's side of an opened connection: exotap is the TLS server, with a leaf for the host.
#pragma once

#include "certs/serve_leaf.h"
#include "proxy/wire/client_hello.h"
#include "proxy/wire/io_thread.h"
#include "proxy/wire/leg.h"

namespace exotap::wire {

// Chooses "http/1.1" for clients that offer it; set once on the server context.
void offer_http11_only(SSL_CTX* server_context);

// Whether this client can be shown a leaf of ours at all: their keys are ECDSA, and nothing older
// than TLS 1.2 is spoken. Hardened desktops offer RSA alone, old ones TLS 1.0.
[[nodiscard]] bool may_take_leaf(SSL_CTX* server_context, const ClientHello& hello);

// A connection that serves this leaf. A leaf with a defect gets no resumption: a resumed session
// shows no certificate. nullptr where OpenSSL refuses.
[[nodiscard]] SslPtr make_client_ssl(SSL_CTX* server_context, const Leaf& leaf, bool sound);

// Lets the client meet what exotap met: the same alert, cut or foreign bytes. Closes the leg.
[[nodiscard]] Task<void> mirror_failure(Leg& client, const Leg& server,
                                        const HandshakeResult& failure);

}  // namespace exotap::wire
