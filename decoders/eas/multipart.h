// An answer in several parts, "application/vnd.ms-sync.multipart": a count, the place of each part,
// then the parts; the first is the command's WBXML, others are what it fetched (MS-ASCMD section
// 2.2.1.10.1.1).
//
// Pure; nothing throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap::eas {

struct MultipartAnswer {
  std::uint32_t parts = 0;
  std::string_view command;  // the first part, as far as it is there
  bool cut = false;          // it goes on beyond the bytes given
};

// nullopt where the bytes do not begin so.
[[nodiscard]] std::optional<MultipartAnswer> read_multipart(std::string_view bytes);

}  // namespace exotap::eas
