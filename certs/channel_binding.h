// What binds a sign-in to a TLS connection by the server's certificate (extended protection): the
// `tls-server-end-point` channel binding (RFC 5929 section 4), and the 16 bytes NTLM carries of it
// in MsvAvChannelBindings and Kerberos in its authenticator's checksum (MS-NLMP 3.1.5.1.2,
// RFC 4121 section 4.1.1.2): the MD5 of a gss_channel_bindings_struct (RFC 2744 section 3.11).
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "capture/exchange.h"
#include "certs/openssl.h"

namespace exotap {

// RFC 5929 section 4.1: the certificate's hash, by the hash function of its own signature, SHA-256
// in place of MD5 and SHA-1. nullopt where the signature has no such function (Ed25519): the
// binding is undefined then, and clients send none.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> server_end_point(const X509* certificate);

// The MD5 over the bindings whose application data is "tls-server-end-point:" and this hash, and
// whose addresses are all empty. nullopt where OpenSSL has no MD5.
[[nodiscard]] std::optional<ChannelBinding> gss_binding(std::span<const std::uint8_t> end_point);

// Both in one; nullopt without a certificate, too. A few microseconds: once a connection.
[[nodiscard]] std::optional<ChannelBinding> channel_binding(const X509* certificate);

}  // namespace exotap
