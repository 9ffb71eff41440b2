// Text as it may be shown: what a server sends must neither steer the terminal nor break the lines.
#pragma once

#include <string>
#include <string_view>

namespace exotap {

// Appends `text` so that it is safe to print on one line: white space of any kind becomes a blank,
// control characters, treacherous ones (capture/utf8.h) and what is no UTF-8 become U+FFFD.
void append_printable(std::string& out, std::string_view text);
[[nodiscard]] std::string printable(std::string_view text);

// Columns that printable text takes: two for wide characters (Unicode's East Asian Width), none
// for combining ones.
[[nodiscard]] std::size_t display_width(std::string_view text);

// How many bytes at the front of `text` fit into that many columns.
[[nodiscard]] std::size_t bytes_within(std::string_view text, std::size_t columns);

}  // namespace exotap
