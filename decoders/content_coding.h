// Removes one content coding from bytes that may be cut short or hostile (RFC 1950, 1951, 1952,
// RFC 7932, RFC 8878). Pure; nothing throws but for memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace exotap {

enum class ContentCoding { identity, gzip, deflate, brotli, zstd, unknown };

// Names as in Content-Encoding, without case: "gzip", "x-gzip", "deflate", "br", "zstd".
[[nodiscard]] ContentCoding content_coding(std::string_view name);

struct Inflated {
  std::string bytes;         // at most `limit`
  bool ended = false;        // the coding's own end was reached
  bool over_limit = false;   // there is more than `limit`
  bool invalid = false;      // broken data; `consumed` says where
  std::size_t consumed = 0;  // bytes of the input that were read
};

// `deflate` accepts the zlib form and the raw form, because servers send both. gzip's members and
// zstd's frames may follow each other (RFC 1952 section 2.2, RFC 8878 section 3.1): all are read,
// up to kMaxCodedMembers. Bytes of another kind behind the end are left: `consumed` tells.
inline constexpr int kMaxCodedMembers = 1024;
[[nodiscard]] Inflated remove_content_coding(ContentCoding coding, std::string_view input,
                                             std::size_t limit);

}  // namespace exotap
