// Text from the wire, made safe to show to a person.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

// At most `limit` bytes, never through a UTF-8 sequence.
[[nodiscard]] std::string_view cut_utf8(std::string_view text, std::size_t limit);

// One line of valid UTF-8: control characters and line breaks become spaces; bytes that are no
// UTF-8, and the invisible characters that turn or hide what follows (bidirectional controls,
// zero width), become U+FFFD. Cut to about `limit` bytes, with "…" where something was left out.
[[nodiscard]] std::string printable(std::string_view text, std::size_t limit);

}  // namespace exotap
