#include "decoders/auth_token.h"

#include <array>

#include "decoders/auth/negoex.h"
#include "decoders/base64.h"
#include "decoders/ntlm_message.h"

namespace exotap {
namespace {

using namespace std::string_view_literals;

constexpr std::int64_t kRejectState = 2;

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

}  // namespace

AuthToken open_token(std::string_view bytes) {
  AuthToken token;
  token.spnego = read_spnego(bytes);
  const std::string_view inner =
      token.spnego.kind == SpnegoToken::Kind::none ? bytes : token.spnego.token;
  if (inner.starts_with(kNtlmSignature)) {
    token.ntlm = inner;
  } else if (inner.starts_with(kNegoexSignature)) {
    token.negoex = inner;
  } else {
    token.kerberos = read_kerberos(inner);
  }
  return token;
}

AuthTokenKind kind_of_token(std::string_view base64) {
  std::array<unsigned char, kTokenBytesRead> buffer;
  const std::size_t size = decode_base64(base64, buffer);
  const AuthToken token = open_token({reinterpret_cast<const char*>(buffer.data()), size});
  std::string_view carried;
  if (!token.ntlm.empty()) carried = ntlm_kind(token.ntlm);
  if (!token.negoex.empty()) carried = "negoex";
  if (token.kerberos.kind != KerberosToken::Kind::none) carried = "kerberos";
  if (token.spnego.kind == SpnegoToken::Kind::none) return {carried, {}};
  return {"spnego", carried, token.spnego.state == kRejectState};
}

}  // namespace exotap
