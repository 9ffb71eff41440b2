// Secrets that give themselves away by their shape, whatever they are called: JSON web tokens,
// NTLM messages, long base64, and the credentials after an authentication scheme's name.
#pragma once

#include <cstddef>
#include <string_view>

namespace exotap {

// A part of a text: bytes [begin, end). Empty where nothing was found.
struct Extent {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] bool empty() const { return begin >= end; }
  [[nodiscard]] std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
};

// The longest run of token characters (letters, digits, "+" "/" "-" "_", "=" at its end) that
// begins at `at`, and what of it is secret. The caller goes on at `run_end` where `secret` is
// empty.
struct TokenRun {
  std::size_t run_end = 0;
  Extent secret;
};

// Secret is: a JWT or its beginning ("eyJ...", RFC 7519), a base64 NTLM message ("TlRMTVNTUA"), and
// base64 or base64url that is long (kLongBlob) or padded. Not secret are, so that a log stays
// useful: GUIDs, hexadecimal digests up to SHA-256's length, host and server names, paths, words
// in CamelCase, and the parts of a legacyDN.
inline constexpr std::size_t kLongBlob = 28;
// What has no run of letters, digits and "+" this long between its "/", "-" and "_" is no blob:
// paths and GUIDs have short parts, and base64 hardly ever only short ones.
inline constexpr std::size_t kShortestRun = 16;
inline constexpr std::string_view kJwtBegin = "eyJ";          // base64url of {"
inline constexpr std::string_view kNtlmBegin = "TlRMTVNTUA";  // base64 of NTLMSSP and its NUL
[[nodiscard]] TokenRun token_run(std::string_view text, std::size_t at);

// The credentials (token68, RFC 9110 section 11.4) at `at`, where a scheme's name and blanks stand
// before it; empty for prose ("Basic authentication") and for parameters ("Bearer realm=...").
[[nodiscard]] Extent credentials(std::string_view text, std::size_t at);

}  // namespace exotap
