// Small text work of the lab: case, base64 (RFC 4648), percent-decoding (RFC 3986), placeholders.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace exotap::lab {

std::string lower(std::string_view text);                // ASCII
bool same_text(std::string_view a, std::string_view b);  // without ASCII case

std::string base64(std::string_view bytes);      // RFC 4648 section 4, padded
std::string base64_url(std::string_view bytes);  // section 5, without padding: a JWT's form
// Either alphabet, padding optional; nullopt for any other character.
std::optional<std::string> from_base64(std::string_view text);

// Percent-encoded octets decoded; what is not a valid escape stays as it is.
std::string from_percent(std::string_view text);
// Everything but RFC 3986 unreserved characters encoded.
std::string to_percent(std::string_view text);

// `text` with every `{key}` replaced by its value. Values are not looked at again.
std::string fill(std::string_view text,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

// RFC 3339 in UTC with milliseconds, as WS-Trust and Entra ID write times.
std::string rfc3339(std::chrono::system_clock::time_point time);

// RFC 9110 section 5.6.7: "Sun, 22 Nov 2026 09:14:27 GMT".
std::string http_date(std::chrono::system_clock::time_point time);

// What stands between the first `open` and the next `close` after it, or an empty text.
std::string_view between(std::string_view text, std::string_view open, std::string_view close);

}  // namespace exotap::lab
