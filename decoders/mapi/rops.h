// The first operation of an Execute answer (MS-OXCRPC 2.2.2.1, MS-OXCROPS 2.2.1): the call itself
// succeeds although an operation in it fails, and the one that opens the mailbox, RopLogon, is the
// first of its Execute.
//
// Only the first is read: the next one's place is known only to who knows the shape of every
// operation's answer, and those are of work inside an open mailbox. A buffer that is compressed
// (LZXPRESS) is not opened; servers compress large answers, and a refused RopLogon is a dozen
// bytes. Obfuscation (XOR with 0xA5) is undone. Pure; nothing throws but for memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exotap {

inline constexpr std::uint8_t kRopLogon = 0xFE;
inline constexpr std::uint8_t kRopBackoff = 0xF9;

struct FirstRop {
  std::optional<std::uint8_t> id;             // nullopt where there is none, or none was read
  std::optional<std::uint32_t> return_value;  // nullopt where this one's answer has none
  std::optional<std::uint32_t> backoff;       // RopBackoff: milliseconds (2.2.15.2)
  std::string server;                         // RopLogon's redirect (2.2.3.1.4): where to go
  bool compressed = false;
  bool cut = false;
};
[[nodiscard]] FirstRop read_first_rop(std::string_view rop_buffer);

// "RopLogon", or "ROP 0x02" where the table has no name.
[[nodiscard]] std::string rop_name(std::uint8_t id);

}  // namespace exotap
