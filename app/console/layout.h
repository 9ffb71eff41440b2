// Text brought into columns and lines. But for wrapped(), it is printable already.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace exotap {

// Appends `text` in at most `columns` columns; what is too long loses its middle, for `ellipsis`:
// of "POST host/a/long/path/autodiscover.xml" both ends say something.
// `keep` columns at the beginning stay if a few others can stay with them.
void append_elided(std::string& out, std::string_view text, std::size_t columns,
                   std::string_view ellipsis, std::size_t keep = 0);

// Appends `text` elided to `columns` and filled up with blanks behind it, or before it.
void append_column(std::string& out, std::string_view text, std::size_t columns,
                   std::string_view ellipsis);
void append_right(std::string& out, std::string_view text, std::size_t columns);

// The lines of `text`, made printable, none wider than `columns` (at least kNarrowestText are
// taken), broken at blanks, long words inside. Its own line ends stay, runs of blanks become one;
// empty lines go.
inline constexpr std::size_t kNarrowestText = 20;
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

}  // namespace exotap
