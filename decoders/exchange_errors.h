// Two fields in which Exchange says why it refuses:
// - x-ms-diagnostics: `2000003;reason="...";error_category="invalid_resource"`; Skype's servers
//   write `code;source="...";reason="..."` (MS-OCAUTHWS);
// - X-AutoDiscovery-Error: `LiveIdBasicAuth:FederatedStsUnreachable:<trail>`.
// Views point into the value given. Pure; nothing throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

struct ExchangeDiagnostics {
  std::optional<std::int64_t> code;
  std::string_view reason;    // quoted-string content, escapes kept
  std::string_view category;  // error_category
  std::string_view source;    // of Skype's servers: which of them says it
  std::string_view fault;     // faultcode
};
// Takes the first statement off the front of `rest`: lines that something on the way has joined
// with a comma hold several, each beginning with its number.
[[nodiscard]] ExchangeDiagnostics take_diagnostics(std::string_view& rest);

inline constexpr std::size_t kMaxAutodiscoverDetail = 512;

struct AutodiscoverError {
  std::string_view source;  // empty where the value is one word
  std::string_view result;
  std::string_view detail;  // at most kMaxAutodiscoverDetail bytes
};
[[nodiscard]] AutodiscoverError parse_autodiscover_error(std::string_view value);

}  // namespace exotap
