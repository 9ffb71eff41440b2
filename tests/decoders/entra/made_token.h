// Tokens for tests: JSON in, a token of three parts out. Nothing is signed.
#pragma once

#include <string>
#include <string_view>

namespace exotap::testing {

// Base64 as JOSE has it (RFC 4648 section 5, no padding).
inline std::string base64url(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  unsigned held = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      out.push_back(kLetters[(held >> bits) & 63U]);
    }
    held &= 0xFFFFU;
  }
  if (bits != 0) out.push_back(kLetters[(held << (6 - bits)) & 63U]);
  return out;
}

inline constexpr std::string_view kSignature = "CANARYsignature";

inline std::string made_token(std::string_view claims,
                              std::string_view header = R"({"typ":"JWT","alg":"RS256"})") {
  return base64url(header).append(".").append(base64url(claims)).append(".").append(kSignature);
}

}  // namespace exotap::testing
