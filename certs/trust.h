// Where this system keeps the certificates it trusts. One implementation a platform.
#pragma once

#include <string>

#include "certs/openssl.h"

namespace exotap {

// Lets the context trust what the system trusts. An empty text, or why that failed.
[[nodiscard]] std::string trust_system_store(SSL_CTX* context);

}  // namespace exotap
