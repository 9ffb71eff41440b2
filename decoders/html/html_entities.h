// Character references in HTML text and attribute values (HTML standard, section 13.5): the few
// that sign-in pages escape with.
#pragma once

#include <string>
#include <string_view>

namespace exotap {

// The five of XML, &nbsp; and the numbered ones replaced, as UTF-8; others stay as they are. Never
// longer than `text`. Nothing throws but for memory.
[[nodiscard]] std::string html_unescaped(std::string_view text);

}  // namespace exotap
