#include "proxy/wire/server_tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "proxy/wire/error_names.h"
#include "proxy/wire/step_aside.h"

namespace exotap::wire {
namespace {

constexpr unsigned char kHttp11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

int keep_session(SSL* ssl, SSL_SESSION* session) {
  const auto* identity = static_cast<const ServerIdentity*>(SSL_get_app_data(ssl));
  if (identity == nullptr || identity->shows_each_time || !may_resume(ssl, identity->name))
    return 0;
  identity->thread->upstream_sessions.put(identity->key, SslSessionPtr(session));
  return 1;
}

void wants_certificate(const SSL* ssl) {
  auto* identity = static_cast<ServerIdentity*>(SSL_get_app_data(ssl));
  if (identity == nullptr) return;
  identity->client_certificate_wanted = true;
  if (!identity->relaying) return;
  identity->thread->shared.step_aside.remember_untold(identity->name, kEveryClient,
                                                      kClientCertificateWanted, SteadyClock::now());
}

int note_certificate_request(SSL* ssl, X509** /*certificate*/, EVP_PKEY** /*key*/) {
  wants_certificate(ssl);
  return 0;  // none: the handshake goes on without
}

void note_renegotiation(const SSL* ssl, int where, int what) {
  constexpr int kDescription = 0xFF;
  if ((where & SSL_CB_WRITE_ALERT) != SSL_CB_WRITE_ALERT) return;
  if ((what & kDescription) != SSL_AD_NO_RENEGOTIATION) return;
  wants_certificate(ssl);
}

// A resumed session is not judged again: what has expired since must be seen, so it is not resumed.
bool is_still_valid(SSL_SESSION* session) {
  X509* leaf = SSL_SESSION_get0_peer(session);
  return leaf != nullptr && X509_cmp_current_time(X509_get0_notAfter(leaf)) > 0;
}

// The ciphers for TLS 1.2 and before that we have in common with the client.
void offer_only_clients(SSL* ssl, const ClientHello& hello) {
  std::string names;
  STACK_OF(SSL_CIPHER)* ours = SSL_get_ciphers(ssl);
  for (int i = 0; i < sk_SSL_CIPHER_num(ours); ++i) {
    const SSL_CIPHER* cipher = sk_SSL_CIPHER_value(ours, i);
    if (!hello.offers_cipher(SSL_CIPHER_get_protocol_id(cipher))) continue;
    if (!names.empty()) names += ':';
    names += SSL_CIPHER_get_name(cipher);
  }
  // Without any only TLS 1.3 is left, as for the client.
  if (names.empty() || SSL_set_cipher_list(ssl, names.c_str()) != 1) {
    SSL_set_min_proto_version(ssl, TLS1_3_VERSION);
  }
  ERR_clear_error();
}

std::string_view problem_name(CertificateProblem problem) {
  switch (problem) {
    case CertificateProblem::expired:
      return "CERTIFICATE_EXPIRED";
    case CertificateProblem::not_yet_valid:
      return "CERTIFICATE_NOT_YET_VALID";
    case CertificateProblem::wrong_name:
      return "CERTIFICATE_WRONG_NAME";
    case CertificateProblem::self_signed:
      return "CERTIFICATE_SELF_SIGNED";
    case CertificateProblem::untrusted_issuer:
      return "CERTIFICATE_UNTRUSTED_ISSUER";
    case CertificateProblem::incomplete_chain:
      return "CERTIFICATE_INCOMPLETE_CHAIN";
    case CertificateProblem::wrong_usage:
      return "CERTIFICATE_WRONG_USAGE";
    case CertificateProblem::weak:
      return "CERTIFICATE_WEAK";
    case CertificateProblem::revoked:
      return "CERTIFICATE_REVOKED";
    case CertificateProblem::other:
      return "CERTIFICATE_NOT_VERIFIED";
  }
  return {};
}

}  // namespace

void keep_sessions(SSL_CTX* client_context) {
  SSL_CTX_set_session_cache_mode(client_context,
                                 SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(client_context, keep_session);
  SSL_CTX_set_client_cert_cb(client_context, note_certificate_request);
  SSL_CTX_set_info_callback(client_context, note_renegotiation);
}

SslPtr make_server_ssl(IoThread& thread, ServerIdentity& identity, const ClientHello& hello) {
  SslPtr ssl(SSL_new(thread.client_context.get()));
  if (!ssl) return ssl;
  SSL_set_app_data(ssl.get(), &identity);
  if (!hello.server_name.empty()) {
    SSL_set_tlsext_host_name(ssl.get(), hello.server_name.c_str());
  }
  if (!hello.alpn.empty()) SSL_set_alpn_protos(ssl.get(), kHttp11, sizeof kHttp11);
  // Offered so that a server that knows nothing newer says so; never used (is_outdated()).
  SSL_set_min_proto_version(ssl.get(), TLS1_VERSION);
  if (thread.narrow_servers.contains(identity.key)) offer_only_clients(ssl.get(), hello);
  if (hello.max_version != 0 && hello.max_version < TLS1_3_VERSION) {
    SSL_set_max_proto_version(ssl.get(), TLS1_2_VERSION);
  }
  // Without it a server that asks later refuses what it would let the client do.
  SSL_set_post_handshake_auth(ssl.get(), hello.post_handshake_auth ? 1 : 0);
  if (const SslSessionPtr session = thread.upstream_sessions.take(identity.key)) {
    if (is_still_valid(session.get())) {
      SSL_set_session(ssl.get(), session.get());
    } else {
      thread.upstream_sessions.forget(identity.key);
    }
  }
  SSL_set_connect_state(ssl.get());
  return ssl;
}

bool is_outdated(const SSL* ssl) { return SSL_version(ssl) < TLS1_2_VERSION; }

void describe_server_tls(const SSL* ssl, TlsRecord& tls) {
  tls.established = true;
  tls.version = version_name(static_cast<std::uint16_t>(SSL_version(ssl)));
  const char* cipher = SSL_get_cipher_name(ssl);
  if (cipher != nullptr) tls.cipher = cipher;
  tls.resumed = SSL_session_reused(ssl) == 1;
  const unsigned char* alpn = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl, &alpn, &size);
  if (size > 0) tls.alpn.assign(reinterpret_cast<const char*>(alpn), size);
}

Fault handshake_fault(const HandshakeResult& result, bool out_of_time) {
  if (out_of_time) return {FaultType::timeout, Stage::tls, "ETIMEDOUT", {}};
  Fault fault{FaultType::tls, Stage::tls, {}, result.detail};
  switch (result.state) {
    case HandshakeResult::State::done:
      return {};
    case HandshakeResult::State::alert:
      fault.code = "alert " + alert_name(result.alert);
      break;
    case HandshakeResult::State::cut:
      fault.code = error_name(result.error);
      break;
    case HandshakeResult::State::not_tls:
      fault.code = "NOT_TLS";
      break;
    case HandshakeResult::State::failed:
      fault.code = "HANDSHAKE_FAILED";
      break;
  }
  return fault;
}

Fault certificate_fault(const TlsRecord& tls) {
  if (tls.problems.empty()) return {};
  return {FaultType::tls, Stage::tls, std::string(problem_name(tls.problems.front())),
          tls.verify_detail};
}

}  // namespace exotap::wire
