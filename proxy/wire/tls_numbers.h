// TLS's numbers, as far as they are looked at from outside (RFC 8446 sections 4, 4.2 and 5.1, RFC
// 5246 sections 6.2.1 and 7.4; extensions by IANA's registry).
#pragma once

#include <cstddef>
#include <cstdint>

namespace exotap::wire {

inline constexpr std::uint8_t kChangeCipherSpecRecord = 20;
inline constexpr std::uint8_t kAlertRecord = 21;
inline constexpr std::uint8_t kHandshakeRecord = 22;
inline constexpr std::uint8_t kApplicationDataRecord = 23;
inline constexpr std::size_t kRecordHeader = 5;  // bytes

inline constexpr std::uint8_t kClientHelloMessage = 1;
inline constexpr std::uint8_t kServerHelloMessage = 2;
inline constexpr std::uint8_t kCertificateMessage = 11;
inline constexpr std::uint8_t kCertificateRequestMessage = 13;
inline constexpr std::size_t kMessageHeader = 4;  // bytes

inline constexpr std::uint16_t kServerNameExtension = 0;
inline constexpr std::uint16_t kSignatureAlgorithmsExtension = 13;
inline constexpr std::uint16_t kAlpnExtension = 16;
inline constexpr std::uint16_t kPaddingExtension = 21;
inline constexpr std::uint16_t kPreSharedKeyExtension = 41;
inline constexpr std::uint16_t kSupportedVersionsExtension = 43;
inline constexpr std::uint16_t kPostHandshakeAuthExtension = 49;

inline constexpr std::uint16_t kEcdsaP256Sha256 = 0x0403;  // a signature scheme

inline constexpr std::uint16_t kTls12 = 0x0303;
inline constexpr std::uint16_t kTls13 = 0x0304;
inline constexpr std::uint8_t kFatalAlert = 2;

}  // namespace exotap::wire
