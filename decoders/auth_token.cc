#include "decoders/auth_token.h"

#include <array>

#include "decoders/base64.h"

namespace exotap {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kNtlmSignature = "NTLMSSP\0"sv;
// DER object identifiers with tag and length.
constexpr std::string_view kSpnego = "\x06\x06\x2b\x06\x01\x05\x05\x02"sv;
constexpr std::string_view kKerberos = "\x06\x09\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"sv;
constexpr std::string_view kMsKerberos = "\x06\x09\x2a\x86\x48\x82\xf7\x12\x01\x02\x02"sv;

constexpr char kGssInitialToken = '\x60';
constexpr char kNegTokenInit = '\xa0';
constexpr char kNegTokenResp = '\xa1';

// The NTLM message at the front of `bytes`.
std::string_view ntlm_kind(std::string_view bytes) {
  if (bytes.size() < kNtlmSignature.size() + 4) return {};
  if (!bytes.substr(9, 3).starts_with("\0\0\0"sv)) return {};
  switch (bytes[8]) {
    case 1:
      return "ntlm_negotiate";
    case 2:
      return "ntlm_challenge";
    case 3:
      return "ntlm_authenticate";
    default:
      return {};
  }
}

// The token inside SPNEGO. Searched, not parsed: the mechanism list names Kerberos and NTLM
// without carrying either, but only a token has the NTLM signature, or the Kerberos identifier
// with a token type behind it (RFC 4121 section 4.1: 01 00 to 03 00).
std::string_view inner_kind(std::string_view bytes) {
  if (const std::size_t at = bytes.find(kNtlmSignature); at != std::string_view::npos) {
    return ntlm_kind(bytes.substr(at));
  }
  for (std::size_t at = bytes.find(kKerberos); at != std::string_view::npos;
       at = bytes.find(kKerberos, at + 1)) {
    const std::string_view type = bytes.substr(at + kKerberos.size()).substr(0, 2);
    if (type.size() == 2 && type[0] >= 1 && type[0] <= 3 && type[1] == 0) return "kerberos";
  }
  return {};
}

// What follows the tag and length of a DER value.
std::string_view der_content(std::string_view bytes) {
  if (bytes.size() < 2) return {};
  const auto length = static_cast<unsigned char>(bytes[1]);
  const std::size_t header = length < 0x80 ? 2U : 2U + (length & 0x7FU);
  return header < bytes.size() ? bytes.substr(header) : std::string_view{};
}

// NegTokenResp ::= [1] { SEQUENCE { [0] negState ENUMERATED ... } } (RFC 4178 section 4.2.2).
bool is_reject(std::string_view response) {
  const std::string_view fields = der_content(der_content(response));
  return fields.starts_with("\xa0\x03\x0a\x01\x02"sv);
}

}  // namespace

AuthTokenKind kind_of_token(std::string_view base64) {
  std::array<unsigned char, kTokenBytesRead> buffer;
  const std::size_t size = decode_base64(base64, buffer);
  const std::string_view bytes(reinterpret_cast<const char*>(buffer.data()), size);
  if (bytes.starts_with(kNtlmSignature)) return {ntlm_kind(bytes), {}};
  if (bytes.empty()) return {};
  switch (bytes.front()) {
    case kNegTokenInit:
      return {"spnego", inner_kind(bytes)};
    case kNegTokenResp:
      return {"spnego", inner_kind(bytes), is_reject(bytes)};
    case kGssInitialToken: {
      const std::string_view content = der_content(bytes);
      if (content.starts_with(kSpnego)) return {"spnego", inner_kind(bytes)};
      if (content.starts_with(kKerberos) || content.starts_with(kMsKerberos)) {
        return {"kerberos", {}};
      }
      return {};
    }
    default:
      return {};
  }
}

}  // namespace exotap
