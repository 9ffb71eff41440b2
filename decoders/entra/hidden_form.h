// response_mode=form_post (OAuth 2.0 Form Post Response Mode): the server answers 200 with a page
// whose hidden form carries the result, and whose script posts it to the application.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxHiddenFields = 32;
inline constexpr std::size_t kMaxHiddenValue = 4096;  // longer values are left out: tokens

// The page's <input> elements as form parameters ("error=access_denied&state=..."), encoded as a
// browser would send them; empty where the page posts no form. Of values that are too long, a
// stand-in of one letter: they were there.
[[nodiscard]] std::string hidden_form(std::string_view html);

// "client&#39;s &amp; so on" as a person reads it: the few entities that servers write.
[[nodiscard]] std::string without_entities(std::string_view text);

}  // namespace exotap
