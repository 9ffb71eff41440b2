#include "certs/client_context.h"

#include <openssl/err.h>

#include <fstream>

#include "certs/ciphersuites.h"
#include "certs/trust.h"

namespace exotap {
namespace {

using Errors = std::vector<VerifyError>;

void free_errors(void*, void* errors, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<Errors*>(errors);
}

// Where a connection keeps its errors; made on the first one, so a sound chain costs nothing.
int errors_slot() {
  static const int slot = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, free_errors);
  return slot;
}

int record_and_go_on(int good, X509_STORE_CTX* verification) {
  if (good == 1) return 1;
  auto* connection = static_cast<SSL*>(
      X509_STORE_CTX_get_ex_data(verification, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* errors = static_cast<Errors*>(SSL_get_ex_data(connection, errors_slot()));
  if (errors == nullptr) {
    errors = new Errors;
    if (SSL_set_ex_data(connection, errors_slot(), errors) != 1) {
      delete errors;
      return 0;  // an error that cannot be told must not be passed over
    }
  }
  if (errors->size() < kMaxVerifyErrors) {
    errors->push_back(
        {X509_STORE_CTX_get_error(verification), X509_STORE_CTX_get_error_depth(verification)});
  }
  return 1;
}

}  // namespace

Outcome<SslCtxPtr> make_client_context(std::span<const std::string> extra_files,
                                       bool trust_system) {
  SslCtxPtr context(SSL_CTX_new(TLS_client_method()));
  if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_ciphersuites(context.get(), kCiphersuites) != 1 || errors_slot() < 0) {
    return Outcome<SslCtxPtr>::failed("TLS toward servers: " + openssl_error());
  }
  if (trust_system) {
    if (const std::string why = trust_system_store(context.get()); !why.empty()) {
      return Outcome<SslCtxPtr>::failed("the system's trusted certificates: " + why);
    }
  }
  for (const std::string& file : extra_files) {
    if (!std::ifstream(file).is_open()) {
      return Outcome<SslCtxPtr>::failed("--upstream-ca " + file +
                                        ": cannot be read (give a file of PEM certificates)");
    }
    if (SSL_CTX_load_verify_file(context.get(), file.c_str()) == 1) continue;
    ERR_clear_error();
    return Outcome<SslCtxPtr>::failed("--upstream-ca " + file +
                                      ": holds no certificate (give a file of PEM certificates)");
  }
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
  // Servers from before RFC 5746 are still met, and the clients behind us speak with them; we
  // never renegotiate ourselves.
  SSL_CTX_set_options(context.get(), SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_NO_RENEGOTIATION);
  // A certificate given as an anchor is one, even where it is not self-signed.
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context.get()), X509_V_FLAG_PARTIAL_CHAIN);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, record_and_go_on);
  // Servers that have one send what their authority says of the certificate's revocation.
  SSL_CTX_set_tlsext_status_type(context.get(), TLSEXT_STATUSTYPE_ocsp);
  return context;
}

std::span<const VerifyError> verify_errors(const SSL* connection) {
  const auto* errors = static_cast<const Errors*>(SSL_get_ex_data(connection, errors_slot()));
  if (errors == nullptr) return {};
  return *errors;
}

}  // namespace exotap
