// The TLS 1.3 cipher suites of both legs, in our order of preference (RFC 8446, section 9.1).
#pragma once

namespace exotap {

// All three are strong; AES-128-GCM, which browsers put first too, takes the least work. A server
// that prefers another takes it, whatever the order.
inline constexpr const char* kCiphersuites =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

}  // namespace exotap
