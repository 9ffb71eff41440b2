// The server's side of an opened connection: the context with which exotap is a TLS client.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "certs/openssl.h"
#include "certs/outcome.h"

namespace exotap {

// One thing OpenSSL found wrong while it verified a chain.
struct VerifyError {
  int code = 0;   // X509_V_ERR_...
  int depth = 0;  // 0 is the leaf
};
inline constexpr std::size_t kMaxVerifyErrors = 32;  // of one handshake

// TLS 1.2 and 1.3, the system's security level, the system's trust store and these files of PEM
// certificates beside it (--upstream-ca). Verifies every chain, records every error and lets the
// handshake go on: judge() in server_verdict.h must be asked before the client is served. Names
// are not checked here. Asks for a staple (certs/ocsp_staple.h). The caller adds ALPN, resumption
// and SNI. Fails with one line where a file cannot be read or holds no certificate.
//
// Thread safety: the context may be shared by all threads once set up.
[[nodiscard]] Outcome<SslCtxPtr> make_client_context(std::span<const std::string> extra_files,
                                                     bool trust_system = true);

// What was recorded on a connection of such a context; empty where all is well or no certificate
// came. Valid as long as the connection.
[[nodiscard]] std::span<const VerifyError> verify_errors(const SSL* connection);

}  // namespace exotap
