// Base64 (RFC 4648 section 4) of whole texts, by OpenSSL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace exotap::wire {

inline constexpr std::size_t kMaxToken = 64 * 1024;  // bytes; a Kerberos ticket is far shorter

[[nodiscard]] std::string to_base64(std::string_view bytes);
// nullopt where it is none, or longer than kMaxToken encodes to.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace exotap::wire
