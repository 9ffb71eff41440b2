// SPNEGO's two messages (RFC 4178 section 4.2, MS-SPNG 2.2.1): what is offered, what is chosen, and
// the token of another mechanism that they carry.
// Depth is fixed by the messages' grammar, sizes by the bytes given. Pure; views point into the
// bytes; nothing throws.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

inline constexpr std::size_t kMaxMechanisms = 8;  // read of an offer

struct SpnegoToken {
  enum class Kind : std::uint8_t { none, init, response };
  Kind kind = Kind::none;
  std::array<std::string_view, kMaxMechanisms> offered{};  // identifiers, in the sender's order
  std::size_t offered_count = 0;
  std::optional<std::int64_t> state;  // NegTokenResp: 0 completed, 1 incomplete, 2 reject, 3 MIC
  std::string_view chosen;            // NegTokenResp: supportedMech
  std::string_view token;             // mechToken or responseToken
  bool mic = false;                   // mechListMIC: the list is protected against changes
  std::string_view hint;              // hintName of a server's own offer (NegTokenInit2)
  bool broken = false;                // SPNEGO by its first bytes, and then not
};
[[nodiscard]] SpnegoToken read_spnego(std::string_view bytes);

}  // namespace exotap
