// NTLM's NEGOTIATE flags by name (MS-NLMP 2.2.2.5).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace exotap {

struct NtlmFlagName {
  std::uint32_t flag;
  std::string_view name;  // the specification's, without NTLMSSP_NEGOTIATE_, lower case
};

// All that have a meaning, in the order of their bits.
[[nodiscard]] std::span<const NtlmFlagName> ntlm_flag_names();

}  // namespace exotap
