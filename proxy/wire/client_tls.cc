#include "proxy/wire/client_tls.h"

#include <openssl/ssl.h>

#include <boost/asio/error.hpp>

namespace exotap::wire {
namespace {

constexpr unsigned char kHttp11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
constexpr int kHandshakeFailureAlert = 40;
constexpr int kProtocolVersionAlert = 70;

int choose_http11(SSL* /*ssl*/, const unsigned char** out, unsigned char* out_size,
                  const unsigned char* offered, unsigned offered_size, void* /*unused*/) {
  unsigned char* chosen = nullptr;
  const int result =
      SSL_select_next_proto(&chosen, out_size, kHttp11, sizeof kHttp11, offered, offered_size);
  *out = chosen;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

std::string plain_alert(int description) {
  // RFC 8446 section 5.1: before keys are agreed an alert is a plain record: type, version 3.3,
  // length 2, level fatal, description.
  return {'\x15', '\x03', '\x03', '\x00', '\x02', '\x02', static_cast<char>(description)};
}

}  // namespace

void offer_http11_only(SSL_CTX* server_context) {
  SSL_CTX_set_alpn_select_cb(server_context, choose_http11, nullptr);
}

bool may_take_leaf(SSL_CTX* server_context, const ClientHello& hello) {
  if (!hello.takes_ecdsa || hello.max_version < TLS1_2_VERSION) return false;
  if (hello.max_version >= TLS1_3_VERSION) return true;  // ciphers say nothing of keys there
  STACK_OF(SSL_CIPHER)* ours = SSL_CTX_get_ciphers(server_context);
  for (int i = 0; i < sk_SSL_CIPHER_num(ours); ++i) {
    const SSL_CIPHER* cipher = sk_SSL_CIPHER_value(ours, i);
    if (SSL_CIPHER_get_auth_nid(cipher) == NID_auth_ecdsa &&
        hello.offers_cipher(SSL_CIPHER_get_protocol_id(cipher))) {
      return true;
    }
  }
  return false;
}

SslPtr make_client_ssl(SSL_CTX* server_context, const Leaf& leaf, bool sound) {
  SslPtr ssl(SSL_new(server_context));
  if (!ssl) return ssl;
  if (leaf.weak) SSL_set_security_level(ssl.get(), 0);
  if (!use_leaf(ssl.get(), leaf)) return nullptr;
  if (!sound) {
    SSL_set_options(ssl.get(), SSL_OP_NO_TICKET);
    SSL_set_num_tickets(ssl.get(), 0);
  }
  SSL_set_accept_state(ssl.get());
  return ssl;
}

Task<void> mirror_failure(Leg& client, const Leg& server, const HandshakeResult& failure) {
  using State = HandshakeResult::State;
  bool reset = false;
  std::string bytes;
  switch (failure.state) {
    case State::alert:
      bytes = plain_alert(failure.alert);
      break;
    case State::not_tls:
      bytes = server.first_bytes();
      break;
    case State::failed: {
      const bool version = failure.detail.find("protocol") != std::string::npos ||
                           failure.detail.find("version") != std::string::npos;
      bytes = plain_alert(version ? kProtocolVersionAlert : kHandshakeFailureAlert);
      break;
    }
    case State::cut:
      reset = failure.error && failure.error != asio::error::eof &&
              failure.error != asio::error::operation_aborted;
      break;
    case State::done:
      break;
  }
  co_await client.write(bytes);
  if (reset) {
    client.close(true);
  } else {
    client.shutdown_send();
  }
}

}  // namespace exotap::wire
