// Tokens of NTLM and Negotiate as small as they can be, for tests: made here, not captured.
#pragma once

#include <string>
#include <string_view>

namespace exotap::testing {

inline std::string base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned bits = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      bits = bits << 8U | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      const bool padding = i + j > bytes.size();
      out.push_back(padding ? '=' : kAlphabet[bits >> (18U - 6U * j) & 63U]);
    }
  }
  return out;
}

// An NTLM message of that type (1, 2, 3), filled up to a usual size.
inline std::string ntlm(char type) {
  std::string bytes("NTLMSSP\0", 8);
  bytes.append({type, 0, 0, 0});
  bytes.append(28, '\x11');
  return bytes;
}

// A DER value of less than 128 bytes.
inline std::string der(char tag, std::string_view content) {
  std::string out{tag, static_cast<char>(content.size())};
  return out.append(content);
}

inline const std::string kSpnegoOid = "\x06\x06\x2b\x06\x01\x05\x05\x02";
inline const std::string kKerberosOid = "\x06\x09\x2a\x86\x48\x86\xf7\x12\x01\x02\x02";
inline const std::string kNtlmOid = "\x06\x0a\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a";

// A raw Kerberos token (RFC 4121 section 4.1): AP-REQ.
inline std::string kerberos() {
  return der('\x60', kKerberosOid + std::string("\x01\x00\x6e\x03ticket", 10));
}

// NegTokenInit that offers Kerberos and NTLM and carries `token`.
inline std::string spnego_init(std::string_view token) {
  const std::string mechanisms = der('\xa0', der('\x30', kKerberosOid + kNtlmOid));
  const std::string carried = token.empty() ? "" : der('\xa2', der('\x04', token));
  return der('\x60', kSpnegoOid + der('\xa0', der('\x30', mechanisms + carried)));
}

// NegTokenResp with that negState (0 completed, 1 incomplete, 2 reject) and token.
inline std::string spnego_response(char state, std::string_view token) {
  const std::string carried = token.empty() ? "" : der('\xa2', der('\x04', token));
  return der('\xa1', der('\x30', der('\xa0', std::string{'\x0a', '\x01', state}) + carried));
}

}  // namespace exotap::testing
