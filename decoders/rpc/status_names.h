// Names of the numbers RPC fails with, as far as a connection to Exchange meets them. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace exotap {

// Of a fault packet's status or the number behind "RPC Error:": C706 appendix E (nca_s_...), and
// the numbers of Windows (MS-ERREF 2.2, 2.1) that its runtime puts in their place. Empty where it
// is not known. Names of programming errors in stubs are left out but for the usual.
[[nodiscard]] std::string_view rpc_status_name(std::uint32_t status);
// "0x000006ba"
[[nodiscard]] std::string rpc_status_text(std::uint32_t status);

// provider_reject_reason of bind_nak (C706 12.6.3.1, MS-RPCE 2.2.2.5).
[[nodiscard]] std::string_view bind_nak_reason(std::uint16_t reason);
// Result and reason of one context in bind_ack (C706 12.6.3.1, MS-RPCE 2.2.2.4).
[[nodiscard]] std::string_view bind_result(std::uint16_t result);
[[nodiscard]] std::string_view bind_reject_reason(std::uint16_t reason);

// auth_type (MS-RPCE 2.2.1.1.7): "ntlm", "negotiate", "kerberos", ...; the number where unknown.
[[nodiscard]] std::string rpc_auth_type(std::uint8_t type);
// auth_level (MS-RPCE 2.2.1.1.8): "privacy", "integrity", "connect", ...
[[nodiscard]] std::string rpc_auth_level(std::uint8_t level);

}  // namespace exotap
