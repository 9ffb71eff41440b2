// A certificate that arrived as bytes inside a message, read for a room that has no OpenSSL: token
// signing certificates in assertions and federation metadata (XML Signature section 4.5.4.1).
//
// Pure; any thread. The bytes may be hostile: what is no certificate is nullopt.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "capture/exchange.h"

namespace exotap {

struct ReadCertificate {
  CertificateRecord record;
  std::string sha1;  // of the DER, hex, lower case: what administrators call the thumbprint
};

// Bounded as describe_der() of certs/certificate.h is.
[[nodiscard]] std::optional<ReadCertificate> read_certificate(std::span<const std::uint8_t> der);

}  // namespace exotap
