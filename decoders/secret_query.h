// Takes secrets out of a query, the way that costs an ordinary query nothing (RFC 3986 section
// 3.4; which parameters are secret is is_secret_parameter's business).
//
// A value that is itself an escaped URL or query with a secret in it (wreply, redirect targets) is
// replaced whole. Pure; nothing throws but for memory.
#pragma once

#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::string_view kRedactedValue = "[redacted]";
// Values longer than this are not searched for secrets inside: they are replaced if escaped at all.
inline constexpr std::size_t kMaxSearchedValue = 4096;

// Whether append_redacted_query() would change anything. Allocates nothing where no name or value
// is percent-encoded.
[[nodiscard]] bool query_has_secret(std::string_view query);

// Appends the query (without "?") with the values of secret parameters replaced.
void append_redacted_query(std::string& out, std::string_view query);

// A URL as a fact may show it: no password before "@", no secret in the query, no fragment.
[[nodiscard]] std::string shown_url(std::string_view url);

}  // namespace exotap
