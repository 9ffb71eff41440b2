// The client's side of an opened connection: one server context for all hosts, one leaf a
// connection.
#pragma once

#include "certs/leaf_mint.h"
#include "certs/openssl.h"

namespace exotap {

// A server context for every leaf of the mint: TLS 1.2 and 1.3, the leaf key, the issuing
// certificate behind each leaf, no chain of OpenSSL's own making, buffers released when idle, one
// session ticket. The caller adds ALPN and callbacks. nullptr where OpenSSL fails.
//
// Thread safety: the context may be shared by all threads once set up.
[[nodiscard]] SslCtxPtr make_server_context(const LeafMint& mint);

// Gives a connection of such a context its leaf, before its handshake (or in a certificate
// callback). About 2 us. False where OpenSSL refuses; openssl_error() says why.
[[nodiscard]] bool use_leaf(SSL* connection, const Leaf& leaf);

}  // namespace exotap
