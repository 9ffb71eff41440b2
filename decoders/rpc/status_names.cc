#include "decoders/rpc/status_names.h"

#include <algorithm>
#include <array>
#include <span>

namespace exotap {
namespace {

struct Named {
  std::uint32_t code;
  std::string_view name;
};

// By number.
constexpr Named kStatuses[] = {
    {0x00000005, "ERROR_ACCESS_DENIED"},
    {0x00000008, "ERROR_NOT_ENOUGH_MEMORY"},
    {0x0000000e, "ERROR_OUTOFMEMORY"},
    {0x00000057, "ERROR_INVALID_PARAMETER"},
    {0x000005b4, "ERROR_TIMEOUT"},
    {0x000006a4, "RPC_S_INVALID_STRING_BINDING"},
    {0x000006a5, "RPC_S_WRONG_KIND_OF_BINDING"},
    {0x000006a6, "RPC_S_INVALID_BINDING"},
    {0x000006a7, "RPC_S_PROTSEQ_NOT_SUPPORTED"},
    {0x000006aa, "RPC_S_INVALID_ENDPOINT_FORMAT"},
    {0x000006ab, "RPC_S_INVALID_NET_ADDR"},
    {0x000006ac, "RPC_S_NO_ENDPOINT_FOUND"},
    {0x000006b5, "RPC_S_UNKNOWN_IF"},
    {0x000006b9, "RPC_S_OUT_OF_RESOURCES"},
    {0x000006ba, "RPC_S_SERVER_UNAVAILABLE"},
    {0x000006bb, "RPC_S_SERVER_TOO_BUSY"},
    {0x000006bc, "RPC_S_INVALID_NETWORK_OPTIONS"},
    {0x000006be, "RPC_S_CALL_FAILED"},
    {0x000006bf, "RPC_S_CALL_FAILED_DNE"},
    {0x000006c0, "RPC_S_PROTOCOL_ERROR"},
    {0x000006c2, "RPC_S_UNSUPPORTED_TRANS_SYN"},
    {0x000006d1, "RPC_S_PROCNUM_OUT_OF_RANGE"},
    {0x000006d2, "RPC_S_BINDING_HAS_NO_AUTH"},
    {0x000006d3, "RPC_S_UNKNOWN_AUTHN_SERVICE"},
    {0x000006d4, "RPC_S_UNKNOWN_AUTHN_LEVEL"},
    {0x000006d5, "RPC_S_INVALID_AUTH_IDENTITY"},
    {0x000006d9, "EPT_S_NOT_REGISTERED"},
    {0x000006e6, "RPC_S_INTERNAL_ERROR"},
    {0x000006e8, "RPC_S_ADDRESS_ERROR"},
    {0x000006f7, "RPC_X_BAD_STUB_DATA"},
    {0x0000071a, "RPC_S_CALL_CANCELLED"},
    {0x00000721, "RPC_S_SEC_PKG_ERROR"},
    {0x00000729, "RPC_S_COOKIE_AUTH_FAILED"},
    {0x00002746, "WSAECONNRESET"},
    {0x0000274c, "WSAETIMEDOUT"},
    {0x0000274d, "WSAECONNREFUSED"},
    {0x00002751, "WSAEHOSTUNREACH"},
    {0x00002af9, "WSAHOST_NOT_FOUND"},
    {0x1c000006, "nca_s_fault_invalid_tag"},
    {0x1c000007, "nca_s_fault_invalid_bound"},
    {0x1c000008, "nca_s_rpc_version_mismatch"},
    {0x1c000009, "nca_s_unspec_reject"},
    {0x1c00000d, "nca_s_fault_cancel"},
    {0x1c000012, "nca_s_fault_unspec"},
    {0x1c00001a, "nca_s_fault_context_mismatch"},
    {0x1c00001b, "nca_s_fault_remote_no_memory"},
    {0x1c010001, "nca_s_comm_failure"},
    {0x1c010002, "nca_s_op_rng_error"},
    {0x1c010003, "nca_s_unk_if"},
    {0x1c01000b, "nca_s_proto_error"},
    {0x1c010013, "nca_s_out_args_too_big"},
    {0x1c010014, "nca_s_server_too_busy"},
    {0x1c010017, "nca_s_unsupported_type"},
    {0x80090308, "SEC_E_INVALID_TOKEN"},
    {0x8009030c, "SEC_E_LOGON_DENIED"},
    {0x80090322, "SEC_E_WRONG_PRINCIPAL"},
    {0x80090324, "SEC_E_TIME_SKEW"},
    {0x80090346, "SEC_E_BAD_BINDINGS"},
};

constexpr Named kAuthTypes[] = {{0, "none"},      {9, "negotiate"}, {10, "ntlm"},
                                {14, "schannel"}, {16, "kerberos"}, {68, "netlogon"},
                                {255, "default"}};

std::string_view find(std::span<const Named> sorted, std::uint32_t code) {
  const auto found =
      std::lower_bound(sorted.begin(), sorted.end(), code,
                       [](const Named& named, std::uint32_t key) { return named.code < key; });
  return found != sorted.end() && found->code == code ? found->name : std::string_view{};
}

template <std::size_t N>
std::string_view at(const std::array<std::string_view, N>& names, std::size_t index) {
  return index < N ? names[index] : std::string_view{};
}

}  // namespace

std::string_view rpc_status_name(std::uint32_t status) { return find(kStatuses, status); }

std::string rpc_status_text(std::uint32_t status) {
  std::string text = "0x";
  for (unsigned shift = 32; shift > 0; shift -= 4) {
    text.push_back("0123456789abcdef"[(status >> (shift - 4)) & 15U]);
  }
  return text;
}

std::string_view bind_nak_reason(std::uint16_t reason) {
  static constexpr std::array<std::string_view, 10> kReasons = {
      "reason_not_specified",
      "temporary_congestion",
      "local_limit_exceeded",
      "called_paddr_unknown",
      "protocol_version_not_supported",
      "default_context_not_supported",
      "user_data_not_readable",
      "no_psap_available",
      "authentication_type_not_recognized",
      "invalid_checksum"};
  return at(kReasons, reason);
}

std::string_view bind_result(std::uint16_t result) {
  static constexpr std::array<std::string_view, 4> kResults = {
      "acceptance", "user_rejection", "provider_rejection", "negotiate_ack"};
  return at(kResults, result);
}

std::string_view bind_reject_reason(std::uint16_t reason) {
  static constexpr std::array<std::string_view, 4> kReasons = {
      "reason_not_specified", "abstract_syntax_not_supported",
      "proposed_transfer_syntaxes_not_supported", "local_limit_exceeded"};
  return at(kReasons, reason);
}

std::string rpc_auth_type(std::uint8_t type) {
  const std::string_view name = find(kAuthTypes, type);
  return name.empty() ? std::to_string(type) : std::string(name);
}

std::string rpc_auth_level(std::uint8_t level) {
  static constexpr std::array<std::string_view, 7> kLevels = {
      "default", "none", "connect", "call", "packet", "integrity", "privacy"};
  const std::string_view name = at(kLevels, level);
  return name.empty() ? std::to_string(level) : std::string(name);
}

}  // namespace exotap
