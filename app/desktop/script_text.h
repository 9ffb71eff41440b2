// ECMAScript literals of text that comes from outside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace exotap {

// A string literal, quotes included (ECMA-262, 3rd edition, section 7.8.4). Everything but letters,
// digits and the signs of host names is escaped: nothing ends the literal, the line or a comment.
[[nodiscard]] std::string script_string(std::string_view text);

// An array literal of such strings, one a line; without the comma after the last that JScript
// counts as an element.
[[nodiscard]] std::string script_list(const std::vector<std::string>& texts);

}  // namespace exotap
