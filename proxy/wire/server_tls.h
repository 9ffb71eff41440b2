// The server's side of an opened connection: exotap is the TLS client.
#pragma once

#include <string>
#include <string_view>

#include "capture/exchange.h"
#include "proxy/wire/client_hello.h"
#include "proxy/wire/io_thread.h"
#include "proxy/wire/leg.h"

namespace exotap::wire {

// Whose sessions a connection's are. Must outlive the connection's SSL: sessions arrive late.
struct ServerIdentity {
  IoThread* thread = nullptr;
  std::string name;                        // for verification
  std::string key;                         // for the session cache
  bool client_certificate_wanted = false;  // the server asked for the client's own
  bool shows_each_time = false;  // its sessions are not kept: clients must see the certificate
  bool relaying = false;         // requests pass: what it asks for now, the client cannot be asked
};

// Lets connections of this context offer their sessions to their thread's cache, and note in their
// ServerIdentity that the server asks for a client certificate: in the handshake, after it (TLS
// 1.3), or by wanting to renegotiate, which we never do. While requests pass the host is remembered
// at once as one to step aside for: this connection may live for long.
void keep_sessions(SSL_CTX* client_context);

// A connection like the client's own would be: the same server_name, ALPN and certificates after
// the handshake only if the client offered them, no newer version than the client's. nullptr
// without memory.
[[nodiscard]] SslPtr make_server_ssl(IoThread& thread, ServerIdentity& identity,
                                     const ClientHello& hello);

// Whether the server chose a version that current clients refuse (RFC 8996). Such a handshake does
// not count, even where this machine's OpenSSL lets it finish.
[[nodiscard]] bool is_outdated(const SSL* ssl);

// Version, cipher, ALPN, resumption and channel binding of a finished handshake.
void describe_server_tls(const SSL* ssl, TlsRecord& tls);

// What a failed handshake is called in the record.
[[nodiscard]] Fault handshake_fault(const HandshakeResult& result, bool out_of_time);

// What a certificate's problems are called there: the first problem decides.
[[nodiscard]] Fault certificate_fault(const TlsRecord& tls);

}  // namespace exotap::wire
