// The character classes of RFC 9110 section 5.5 and 5.6.2, for raw heads.
#pragma once

#include <cstddef>
#include <string_view>

namespace exotap::http {

// tchar: what methods and field names are made of.
[[nodiscard]] bool is_token_char(char c);
[[nodiscard]] bool is_token(std::string_view text);

// Where `text` holds its first control character other than HTAB: CR, LF, NUL, DEL among them; its
// size where it holds none. Bytes of 0x80 and above (obs-text) are no controls: servers send names
// in their own code page.
[[nodiscard]] std::size_t find_control(std::string_view text);
[[nodiscard]] inline bool has_control(std::string_view text) {
  return find_control(text) < text.size();
}

// Without the leading and trailing spaces and tabs (OWS).
[[nodiscard]] std::string_view trimmed(std::string_view text);

// Cuts the next element off a comma-separated list; trimmed, and empty where the list has an
// empty element. Quoted strings are not known here: the lists that frame messages have none.
[[nodiscard]] std::string_view next_element(std::string_view& list);

}  // namespace exotap::http
