// What a server staples to its handshake about its own certificate: whether its authority has
// revoked it (RFC 6066 section 8, RFC 6960). Read and reported, never enforced by exotap; and
// repeated to the client, some of which enforce it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "capture/exchange.h"
#include "certs/openssl.h"

namespace exotap {

inline constexpr std::size_t kMaxStaple = 64 * 1024;  // bytes of one response
inline constexpr int kMaxStapledAnswers = 16;         // single responses looked at in it

// The staple of a client connection after its handshake; nullopt where none came. Costs about 10
// us, and a signature's check only where it says revoked.
[[nodiscard]] std::optional<StapleRecord> read_staple(SSL* connection);

// A response (DER) that says of this leaf what `server` says of the server's own, signed by the
// leaf's issuer, valid for a day around now. Empty where OpenSSL fails.
[[nodiscard]] std::string make_revoked_staple(X509* leaf, X509* issuer, EVP_PKEY* issuer_key,
                                              const StapleRecord& server, WallTime now);

}  // namespace exotap
