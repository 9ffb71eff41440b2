// The numbers of Kerberos by name: errors (RFC 4120 section 7.5.9, RFC 4556 section 3.1.3, RFC 6113
// section 5.4.2, RFC 6806) and encryption types (IANA's Kerberos parameters: RFC 3961, RFC 3962,
// RFC 4757, RFC 6803, RFC 8009). Static texts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace exotap {

// "KRB_AP_ERR_SKEW" of 37; empty where there is no such error.
[[nodiscard]] std::string_view kerberos_error_name(std::int64_t code);
// "aes256-cts-hmac-sha1-96" of 18; the number itself where it has no name.
[[nodiscard]] std::string kerberos_encryption_name(std::int64_t number);

}  // namespace exotap
