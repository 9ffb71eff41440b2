// A received certificate as a CertificateRecord: plain text and numbers, every part bounded.
// Pure functions; any thread. Input may be hostile: what cannot be read stays empty.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "capture/exchange.h"
#include "certs/openssl.h"

namespace exotap {

inline constexpr std::size_t kMaxCertificateBytes = 64 * 1024;
inline constexpr std::size_t kMaxCertificateText = 512;   // of one name, in bytes of UTF-8
inline constexpr std::size_t kMaxAlternativeNames = 100;  // of each kind
inline constexpr std::size_t kMaxSerialDigits = 80;

// Texts hold no control characters and are cut on a UTF-8 boundary.
[[nodiscard]] CertificateRecord describe(const X509* certificate);

// nullopt where the bytes are no certificate, or more than kMaxCertificateBytes.
[[nodiscard]] std::optional<CertificateRecord> describe_der(std::span<const std::uint8_t> der);

}  // namespace exotap
