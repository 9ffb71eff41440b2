#include "decoders/auth/ntlm_flags.h"

namespace exotap {
namespace {

constexpr NtlmFlagName kNames[] = {
    {0x1, "unicode"},
    {0x2, "oem"},
    {0x4, "request_target"},
    {0x10, "sign"},
    {0x20, "seal"},
    {0x40, "datagram"},
    {0x80, "lm_key"},
    {0x200, "ntlm"},
    {0x800, "anonymous"},
    {0x1000, "oem_domain_supplied"},
    {0x2000, "oem_workstation_supplied"},
    {0x8000, "always_sign"},
    {0x10000, "target_type_domain"},
    {0x20000, "target_type_server"},
    {0x80000, "extended_session_security"},
    {0x100000, "identify"},
    {0x400000, "request_non_nt_session_key"},
    {0x800000, "target_info"},
    {0x2000000, "version"},
    {0x20000000, "128"},
    {0x40000000, "key_exchange"},
    {0x80000000, "56"},
};

}  // namespace

std::span<const NtlmFlagName> ntlm_flag_names() { return kNames; }

}  // namespace exotap
