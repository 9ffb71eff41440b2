// JSON text, appended to a string that is used again and again (RFC 8259). The log's format is
// flat: objects of a line, never more than one level inside.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace exotap {

// Appends `text` as a JSON string, quotes included. Escaped are control characters (C1 ones too),
// Unicode's line ends and its turns of writing direction: a line stays a line, and a log may be
// shown on any terminal. What is no UTF-8 (RFC 3629: overlong forms, surrogates and code points
// over U+10FFFF too) becomes U+FFFD, one for each byte that cannot be used.
void append_json_string(std::string& out, std::string_view text);

void append_json_number(std::string& out, std::int64_t number);

}  // namespace exotap
