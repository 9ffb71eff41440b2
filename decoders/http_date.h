// The ways time is written in what exotap reads and says: HTTP's Date (RFC 9110 section 5.6.7),
// Kerberos' GeneralizedTime (RFC 4120 section 5.2.3) and RFC 3339. Calendar arithmetic only: no
// locale, no time zone, no clock.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

// Seconds since 1970 UTC of "Sun, 06 Nov 1994 08:49:37 GMT"; nullopt for anything else, the two
// obsolete forms included, which no server here sends.
[[nodiscard]] std::optional<std::int64_t> parse_http_date(std::string_view text);

// Seconds since 1970 UTC of an xs:dateTime or RFC 3339 time ("2026-03-02T08:00:01.373Z", with
// "+01:00" or lower case letters too), parts of a second dropped. Without a zone it is taken for
// UTC, as SAML (saml-core-2.0-os section 1.3.3) and WS-Security want it. nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> parse_rfc3339(std::string_view text);
// Seconds since 1970 UTC of "19941106084937Z"; nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> parse_generalized_time(std::string_view text);

using TimeText = std::array<char, 20>;  // "1994-11-06T08:49:37Z"

// Writes into `buffer` and returns a view of it; empty for years before 0 or after 9999.
[[nodiscard]] std::string_view rfc3339(std::int64_t seconds, TimeText& buffer);

}  // namespace exotap
