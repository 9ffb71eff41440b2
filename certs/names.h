// Host names as certificates mean them: what a name constraint covers, what is an address.
// Pure functions of text; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "certs/outcome.h"

namespace exotap {

inline constexpr std::size_t kMaxHostName = 253;        // RFC 1035 section 2.3.4, as text
inline constexpr std::size_t kMaxPermittedNames = 256;  // of one authority

// An IPv4 address in dotted decimal, or an IPv6 address with or without brackets. Odd spellings
// ("0x7f.1", "127.1", "2130706433") are addresses too: everything a resolver might take for one,
// for no certificate may be made for it.
[[nodiscard]] bool is_address(std::string_view host);

// Lower case, without the root's dot and an address's brackets. Not validated.
[[nodiscard]] std::string normalise_host(std::string_view host);

// Letters, digits, hyphens and underscores in labels of 1 to 63, at most kMaxHostName in all, and
// no address. International names must come in their xn-- form.
[[nodiscard]] bool is_host_name(std::string_view host);

// Whether a permitted dNSName subtree holds the host (RFC 5280 section 4.2.1.10): example.com
// covers itself and every name below it. Never an address. `host` in any case.
[[nodiscard]] bool covered(std::string_view host, std::span<const std::string> permitted);

// What people write for --domain ("*.Contoso.com", "contoso.com.") as sorted names for the
// constraints, without those that another one covers. Refuses what no authority may cover: a top
// level domain, a registry's suffix (co.uk), an address, a broken name, too many.
[[nodiscard]] Outcome<std::vector<std::string>> permitted_list(std::span<const std::string> wanted);

}  // namespace exotap
