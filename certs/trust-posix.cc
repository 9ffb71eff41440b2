#include "certs/trust.h"

namespace exotap {

std::string trust_system_store(SSL_CTX* context) {
  // OpenSSL's own folder, which distributions link to theirs; SSL_CERT_FILE and SSL_CERT_DIR
  // change it for one process.
  if (SSL_CTX_set_default_verify_paths(context) == 1) return {};
  return openssl_error();
}

}  // namespace exotap
