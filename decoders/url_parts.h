// The parts of a request target or URL that decoders look at, as views into it, and the one place
// that takes secrets out of a URL before it becomes a fact (RFC 3986, RFC 9112 section 3.2).
//
// Pure; a thread each; nothing throws but for memory.
#pragma once

#include <string>
#include <string_view>

namespace exotap {

struct Head;

// The path of an origin-form ("/a?b") or absolute-form ("https://h/a?b") target, without query and
// fragment. "/" where an absolute form has none; empty for an authority or asterisk form.
[[nodiscard]] std::string_view path_of(std::string_view target);
// The same of a request's target, counted already where the head came over the wire.
[[nodiscard]] std::string_view path_of(const Head& head);
// What follows "?", without the fragment; empty where there is none.
[[nodiscard]] std::string_view query_of(std::string_view target);
// What follows the path's last "/".
[[nodiscard]] std::string_view last_segment(std::string_view path);

// ASCII, without case, and without a copy: these run for every exchange.
[[nodiscard]] bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
[[nodiscard]] bool ends_with_ignoring_case(std::string_view text, std::string_view suffix);
// Where `part` first stands in `text`; npos where it does not.
[[nodiscard]] std::size_t find_ignoring_case(std::string_view text, std::string_view part);

// "%40" to "@"; a broken escape stays as it is. "+" becomes a blank only where `form` is true.
[[nodiscard]] std::string percent_decoded(std::string_view text, bool form = false);
// The decoded value of a query's first parameter of that name (without case); empty where absent.
[[nodiscard]] std::string query_value(std::string_view query, std::string_view name);

// True for parameters whose value is a credential or can be redeemed for one.
[[nodiscard]] bool is_secret_parameter(std::string_view name);
// The URL with the values of secret parameters, and a password before "@", replaced by
// "[redacted]". The fragment is dropped: OAuth answers put tokens there.
[[nodiscard]] std::string redacted_url(std::string_view url);

}  // namespace exotap
