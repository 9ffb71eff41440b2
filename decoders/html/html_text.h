// What a reader sees of a web page: for error pages, whose sentence and numbers stand in the middle
// of mark-up that differs with every version and theme.
//
// Bounded; pure; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxPageText = std::size_t{16} << 10;

// Character data outside script, style and comments, one line a block, each line ended, blanks
// collapsed, unescaped; the first kMaxPageText bytes.
[[nodiscard]] std::string html_text(std::string_view page);
// The same of the inside of the first element with that id, the last line not ended; empty where
// there is none. An element without an end tag runs to the page's end.
[[nodiscard]] std::string html_text_of_id(std::string_view page, std::string_view id);

}  // namespace exotap
