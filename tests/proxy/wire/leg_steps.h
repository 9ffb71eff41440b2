// What tests do with legs, as coroutines; and TLS for both ends of one.
#pragma once

#include <openssl/ssl.h>

#include <string>
#include <string_view>

#include "proxy/wire/leg.h"
#include "tests/proxy/wire/test_ca.h"

namespace exotap::test {

inline wire::Task<void> send_all(wire::Leg& leg, std::string_view data, wire::ErrorCode& error) {
  error = co_await leg.write(data);
}

// Reads until `size` bytes are there or the stream is over; `last` says which.
inline wire::Task<void> receive(wire::Leg& leg, std::size_t size, std::string& into,
                                wire::ReadState& last) {
  std::string piece(32 * 1024, '\0');
  last = wire::ReadState::data;
  while (into.size() < size) {
    const wire::ReadResult got = leg.read_some(piece.data(), piece.size());
    if (got.state == wire::ReadState::would_block) {
      const wire::ErrorCode error = co_await leg.wait_readable();
      if (error) {
        last = wire::ReadState::failed;
        co_return;
      }
      continue;
    }
    last = got.state;
    if (got.state != wire::ReadState::data) co_return;
    into.append(piece, 0, got.size);
  }
}

inline wire::Task<void> shake_hands(wire::Leg& leg, wire::HandshakeResult& result) {
  result = co_await leg.handshake();
}

inline wire::Task<void> await_readable(wire::Leg& leg, wire::ErrorCode& error) {
  error = co_await leg.wait_readable();
}

inline SslPtr accepting(SSL_CTX* context) {
  SslPtr ssl(SSL_new(context));
  SSL_set_accept_state(ssl.get());
  return ssl;
}

// A client that verifies nothing: what these tests are about lies elsewhere.
inline SslPtr connecting(int max_version = TLS1_3_VERSION) {
  const SslCtxPtr context(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_max_proto_version(context.get(), max_version);
  SslPtr ssl(SSL_new(context.get()));
  SSL_set_connect_state(ssl.get());
  return ssl;
}

}  // namespace exotap::test
