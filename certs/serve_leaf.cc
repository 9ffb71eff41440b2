#include "certs/serve_leaf.h"

#include <array>

#include "certs/ciphersuites.h"

namespace exotap {
namespace {

constexpr std::array<unsigned char, 6> kSessionContext = {'e', 'x', 'o', 't', 'a', 'p'};

bool sends(SSL* connection, X509* issuer) {
  STACK_OF(X509)* chain = nullptr;
  if (SSL_get0_chain_certs(connection, &chain) != 1) return false;
  const int count = chain == nullptr ? 0 : sk_X509_num(chain);
  return issuer == nullptr ? count == 0 : count == 1 && sk_X509_value(chain, 0) == issuer;
}

int staple_what_there_is(SSL* connection, void* /*unused*/) {
  const unsigned char* staple = nullptr;
  const bool there = SSL_get_tlsext_status_ocsp_resp(connection, &staple) > 0;
  return there ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

SslCtxPtr make_server_context(const LeafMint& mint) {
  SslCtxPtr context(SSL_CTX_new(TLS_server_method()));
  if (!context) return nullptr;
  SSL_CTX* raw = context.get();
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_NO_AUTO_CHAIN);
  // These connections do not leave the computer but where --listen says so: of the strong ciphers
  // the cheapest, which is ChaCha20 for a client that puts it first, having no AES in hardware.
  SSL_CTX_set_options(
      raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // Tickets carry the whole session; keeping them here as well would only cost memory.
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_tlsext_status_cb(raw, staple_what_there_is);
  const bool good =
      SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION) == 1 &&
      SSL_CTX_set_ciphersuites(raw, kCiphersuites) == 1 && SSL_CTX_set_num_tickets(raw, 1) == 1 &&
      SSL_CTX_set_session_id_context(raw, kSessionContext.data(), kSessionContext.size()) == 1 &&
      // Every connection inherits key and chain, and needs only its leaf.
      SSL_CTX_use_PrivateKey(raw, mint.leaf_key()) == 1 &&
      SSL_CTX_add1_chain_cert(raw, mint.issuing()) == 1;
  return good ? std::move(context) : nullptr;
}

bool use_leaf(SSL* connection, const Leaf& leaf) {
  if (!leaf.certificate) return false;
  if (!leaf.sound) {
    // A client that met this host while its certificate was sound could resume that session and
    // would not see the fault.
    SSL_set_options(connection, SSL_OP_NO_TICKET);
    SSL_set_num_tickets(connection, 0);
  }
  // Our own library refuses to serve what clients are to refuse.
  if (leaf.weak) SSL_set_security_level(connection, 0);
  if (SSL_use_certificate(connection, leaf.certificate.get()) != 1) return false;
  if (leaf.key && SSL_use_PrivateKey(connection, leaf.key.get()) != 1) return false;
  if (!leaf.staple.empty()) {
    void* copy = OPENSSL_memdup(leaf.staple.data(), leaf.staple.size());  // the connection's
    SSL_set_tlsext_status_ocsp_resp(connection, copy, static_cast<long>(leaf.staple.size()));
  }
  if (sends(connection, leaf.sent_issuer.get())) return true;
  return SSL_clear_chain_certs(connection) == 1 &&
         (!leaf.sent_issuer || SSL_add1_chain_cert(connection, leaf.sent_issuer.get()) == 1);
}

}  // namespace exotap
