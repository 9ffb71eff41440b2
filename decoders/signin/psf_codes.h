// Names for the numbers in which Entra ID's WS-Trust endpoints report failure (namespace
// http://schemas.microsoft.com/Passport/SoapServices/SOAPFault).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

// The number of "0x80048821" or "80048821"; nullopt for anything else.
[[nodiscard]] std::optional<std::uint32_t> psf_number(std::string_view text);
// "PPCRL_REQUEST_E_BAD_MEMBER_NAME_OR_PASSWORD"; empty where the number has no known name.
[[nodiscard]] std::string_view psf_name(std::uint32_t number);
// A failure has the top bit set, as every HRESULT.
[[nodiscard]] constexpr bool is_psf_failure(std::uint32_t number) {
  return (number & 0x80000000U) != 0;
}

}  // namespace exotap
