// Roots that are known for opening other people's TLS: of debugging proxies, and such whose private
// key is public. For whoever looks through a trust store.
#pragma once

#include <openssl/x509.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace exotap {

enum class InterceptorKind : std::uint8_t {
  tool,    // a debugging proxy's: its key lies on the machine that made it
  leaked,  // its private key is known to everybody
};

struct KnownInterceptor {
  InterceptorKind kind;
  std::string_view name;          // whose it is, for people
  std::string_view common_name;   // of the subject; empty: any
  bool begins = false;            // the subject's only begins with it
  std::string_view organization;  // empty: any
  std::string_view sha1;          // of the DER, hex, lower case; empty: told by its name
};

[[nodiscard]] std::span<const KnownInterceptor> known_interceptors();

// Only self-signed authorities are told by their name. nullptr where it is none of them. Companies'
// own proxies cannot be known this way.
[[nodiscard]] const KnownInterceptor* recognise_interceptor(X509* certificate);

}  // namespace exotap
