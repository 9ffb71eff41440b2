// Reads DER (X.690) as tokens of SPNEGO and Kerberos carry it: one value after another, short tags
// only, lengths of at most four bytes. A value may end beyond the bytes at hand, for tokens are
// looked at as far as a buffer goes: it is then read as far as it is there. Nothing is copied, and
// nothing throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace exotap {

struct DerValue {
  std::uint8_t tag = 0;
  std::string_view content;  // what is there of it
  bool whole = true;         // false: it ends beyond the bytes at hand
};

// The tags met here.
namespace der {
inline constexpr std::uint8_t kInteger = 0x02;
inline constexpr std::uint8_t kBits = 0x03;
inline constexpr std::uint8_t kOctets = 0x04;
inline constexpr std::uint8_t kIdentifier = 0x06;
inline constexpr std::uint8_t kEnumerated = 0x0A;
inline constexpr std::uint8_t kGeneralizedTime = 0x18;
inline constexpr std::uint8_t kGeneralString = 0x1B;
inline constexpr std::uint8_t kSequence = 0x30;
// [n] EXPLICIT and [APPLICATION n], both constructed.
[[nodiscard]] constexpr std::uint8_t context(unsigned n) {
  return static_cast<std::uint8_t>(0xA0U + n);
}
[[nodiscard]] constexpr std::uint8_t application(unsigned n) {
  return static_cast<std::uint8_t>(0x60U + n);
}
}  // namespace der

// The value in front of `bytes`, which then begin behind it. nullopt at the end and where this is
// no DER: an indefinite length, a long tag, a length of more than four bytes.
[[nodiscard]] std::optional<DerValue> take_der(std::string_view& bytes);

// The content of the first value with this tag among those that stand side by side in `bytes`,
// looking at no more than kMaxDerSiblings of them.
inline constexpr int kMaxDerSiblings = 32;
[[nodiscard]] std::optional<DerValue> find_der(std::string_view bytes, std::uint8_t tag);

// The value with the first tag, in it the one with the second, and so on: the way to a part.
template <class... Tags>
[[nodiscard]] std::optional<DerValue> find_der(std::string_view bytes, std::uint8_t tag,
                                               Tags... inner) {
  const auto outer = find_der(bytes, tag);
  return outer ? find_der(outer->content, inner...) : std::nullopt;
}

// An INTEGER or ENUMERATED of at most eight bytes.
[[nodiscard]] std::optional<std::int64_t> der_number(const DerValue& value);

}  // namespace exotap
