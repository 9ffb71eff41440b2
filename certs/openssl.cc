#include "certs/openssl.h"

#include <openssl/err.h>

namespace exotap {

X509Ptr share(X509* certificate) {
  if (certificate != nullptr) X509_up_ref(certificate);
  return X509Ptr(certificate);
}

KeyPtr share(EVP_PKEY* key) {
  if (key != nullptr) EVP_PKEY_up_ref(key);
  return KeyPtr(key);
}

SslCtxPtr share(SSL_CTX* context) {
  if (context != nullptr) SSL_CTX_up_ref(context);
  return SslCtxPtr(context);
}

std::string openssl_error() {
  const char* data = nullptr;
  int flags = 0;
  const unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags);
  std::string text = "unknown error";
  if (code != 0) {
    // System errors (no such file) have no reason string of OpenSSL's; their data says it all.
    const char* reason = ERR_reason_error_string(code);
    const bool has_data = (flags & ERR_TXT_STRING) != 0 && data != nullptr && *data != '\0';
    if (reason != nullptr) text = reason;
    if (has_data) text = reason != nullptr ? text + " (" + data + ")" : data;
  }
  ERR_clear_error();
  return text;
}

}  // namespace exotap
