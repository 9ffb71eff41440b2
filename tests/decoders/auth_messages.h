// Tokens of NTLM and Negotiate as small as they can be, for tests: made here, not captured.
#pragma once

#include <cstdint>
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

inline std::string little_endian(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
  return out;
}

// ASCII as UTF-16LE.
inline std::string wide(std::string_view text) {
  std::string out;
  for (const char c : text) out.append({c, '\0'});
  return out;
}

inline std::string av_pair(int id, std::string_view value) {
  return little_endian(static_cast<std::uint64_t>(id), 2) + little_endian(value.size(), 2) +
         std::string(value);
}
inline const std::string kAvEnd = std::string(4, '\0');

// An NTLMv2 response (MS-NLMP 2.2.2.8) with these pairs; what is secret in it is "Z"s.
inline std::string v2_response(std::string_view pairs, std::uint64_t filetime = 0) {
  return std::string(16, 'Z') + std::string("\1\1\0\0\0\0\0\0", 8) + little_endian(filetime, 8) +
         std::string(8, 'Z') + std::string(4, '\0') + std::string(pairs);
}

// A whole third message (MS-NLMP 2.2.1.3).
struct Authenticate {
  std::string response;
  std::string user = wide("anna"), domain = wide("CONTOSO"), workstation = wide("PC7");
  std::string lm = std::string(24, '\0');
  std::uint32_t flags = 0xA2888205;
};
inline std::string authenticate_message(const Authenticate& wish) {
  std::string payload;
  const auto field = [&](const std::string& value) {
    const std::string position = little_endian(value.size(), 2) + little_endian(value.size(), 2) +
                                 little_endian(88 + payload.size(), 4);
    payload += value;
    return position;
  };
  std::string fields = field(wish.lm);
  fields += field(wish.response);
  fields += field(wish.domain);
  fields += field(wish.user);
  fields += field(wish.workstation);
  fields += field("");
  return std::string("NTLMSSP\0\3\0\0\0", 12) + fields + little_endian(wish.flags, 4) +
         std::string("\x0a\0\x61\x4a\0\0\0\x0f", 8) + std::string(16, 'Z') + payload;
}

// A whole second message (MS-NLMP 2.2.1.2).
inline std::string challenge_message(std::string_view target, std::string_view pairs) {
  const auto field = [](std::size_t size, std::size_t at) {
    return little_endian(size, 2) + little_endian(size, 2) + little_endian(at, 4);
  };
  return std::string("NTLMSSP\0\2\0\0\0", 12) + field(target.size(), 56) +
         little_endian(0xA2898205, 4) + std::string(8, 'Z') + std::string(8, '\0') +
         field(pairs.size(), 56 + target.size()) + std::string("\x0a\0\x7c\x4f\0\0\0\x0f", 8) +
         std::string(target) + std::string(pairs);
}

// A DER value of less than 64 KiB.
inline std::string der(char tag, std::string_view content) {
  std::string out{tag};
  if (content.size() < 128) {
    out.push_back(static_cast<char>(content.size()));
  } else {
    out.append({'\x82', static_cast<char>(content.size() >> 8U),
                static_cast<char>(content.size() & 0xFFU)});
  }
  return out.append(content);
}

inline const std::string kSpnegoOid = "\x06\x06\x2b\x06\x01\x05\x05\x02";
inline const std::string kKerberosOid = "\x06\x09\x2a\x86\x48\x86\xf7\x12\x01\x02\x02";
inline const std::string kNtlmOid = "\x06\x0a\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a";

// A raw Kerberos token (RFC 4121 section 4.1): AP-REQ.
inline std::string kerberos() {
  return der('\x60', kKerberosOid + std::string("\x01\x00\x6e\x03ticket", 10));
}

// PrincipalName of a service with two parts, and EncryptedData (RFC 4120, 5.2.2 and 5.2.9).
inline std::string principal(std::string_view service, std::string_view host) {
  return der('\x30', der('\xa0', std::string("\2\1\2", 3)) +
                         der('\xa1', der('\x30', der('\x1b', service) + der('\x1b', host))));
}
inline std::string encrypted(char etype) {
  return der('\x30', der('\xa0', std::string{'\2', '\1', etype}) +
                         der('\xa2', der('\4', std::string(200, 'Z'))));
}

// A whole AP-REQ for HTTP/`host` of CONTOSO.COM, aes256.
inline std::string ap_req(std::string_view host, bool authenticator = true) {
  const std::string ticket =
      der('\x61',
          der('\x30', der('\xa0', "\2\1\5") + der('\xa1', der('\x1b', "CONTOSO.COM")) +
                          der('\xa2', principal("HTTP", host)) + der('\xa3', encrypted('\x12'))));
  std::string fields = der('\xa0', "\2\1\5") + der('\xa1', "\2\1\x0e") +
                       der('\xa2', std::string("\3\5\0\0\0\0\0", 7)) + der('\xa3', ticket);
  if (authenticator) fields += der('\xa4', encrypted('\x12'));
  return der('\x60', kKerberosOid + std::string("\1\0", 2) + der('\x6e', der('\x30', fields)));
}

// KRB-ERROR with this code.
inline std::string krb_error(char code) {
  return der('\x60', kKerberosOid + std::string("\3\0", 2) +
                         der('\x7e', der('\x30', der('\xa6', std::string{'\2', '\1', code}) +
                                                     der('\xa9', der('\x1b', "CONTOSO.COM")) +
                                                     der('\xaa', principal("HTTP", "mail")))));
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
