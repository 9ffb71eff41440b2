// What precedes the body proper in an answer of MAPI/HTTP (MS-OXCMAPIHTTP 2.2.7): one line a word,
// first PROCESSING when the server has taken the request, then PENDING as often as it has to keep
// the connection alive, at last DONE with fields of its own and an empty line. The words come as
// the work goes on: an answer that ends before DONE is of a request nobody finished.
// Pure; views point into the text given; nothing throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxPreambleFields = 32;  // after DONE; the specification knows four

struct MapiPreamble {
  bool processing = false;
  bool done = false;
  std::uint32_t pendings = 0;
  // The fields after DONE; the code, where it stands there too, outweighs the head's.
  std::optional<std::int64_t> response_code;
  std::optional<std::int64_t> elapsed;  // X-ElapsedTime, milliseconds
  std::string_view started;             // X-StartTime, as sent
  std::string_view body;                // what follows the empty line
  bool whole = false;                   // the empty line was there
  // Where something else stood than one of the three words; nullopt where all was well.
  std::optional<std::size_t> broken_at;
};
[[nodiscard]] MapiPreamble read_preamble(std::string_view text);

}  // namespace exotap
