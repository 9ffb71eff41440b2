// response_mode=form_post (OAuth 2.0 Form Post Response Mode): the server answers 200 with a page
// whose hidden form carries the result, and whose script posts it to the application.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxHiddenValue = 4096;  // longer values are left out: tokens

// The fields of the page's first form as parameters ("error=access_denied&state=..."), encoded as a
// browser would send them, kMaxFormFields at most; empty where the page posts no form. Of values
// that are too long, a stand-in of one letter: they were there.
[[nodiscard]] std::string hidden_form(std::string_view html);

}  // namespace exotap
