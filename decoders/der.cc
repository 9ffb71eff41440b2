#include "decoders/der.h"

#include <algorithm>

namespace exotap {
namespace {

constexpr std::uint8_t kLongTag = 0x1F;
constexpr std::size_t kMaxLengthBytes = 4;

}  // namespace

std::optional<DerValue> take_der(std::string_view& bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
  DerValue value;
  value.tag = byte(0);
  if ((value.tag & kLongTag) == kLongTag) return std::nullopt;
  std::size_t header = 2;
  std::size_t length = byte(1);
  if (length >= 0x80) {
    const std::size_t count = length - 0x80;
    if (count == 0 || count > kMaxLengthBytes || bytes.size() < 2 + count) return std::nullopt;
    length = 0;
    for (; header < 2 + count; ++header) length = length << 8U | byte(header);
  }
  bytes.remove_prefix(header);
  value.whole = length <= bytes.size();
  value.content = bytes.substr(0, length);
  bytes.remove_prefix(value.content.size());
  return value;
}

std::optional<DerValue> find_der(std::string_view bytes, std::uint8_t tag) {
  for (int i = 0; i < kMaxDerSiblings; ++i) {
    const auto value = take_der(bytes);
    if (!value || value->tag == tag) return value;
  }
  return std::nullopt;
}

std::optional<std::int64_t> der_number(const DerValue& value) {
  if ((value.tag != der::kInteger && value.tag != der::kEnumerated) || !value.whole) {
    return std::nullopt;
  }
  if (value.content.empty() || value.content.size() > sizeof(std::int64_t)) return std::nullopt;
  // The first bit is the sign of all.
  std::uint64_t bits = (static_cast<std::uint8_t>(value.content.front()) & 0x80U) != 0 ? ~0ULL : 0;
  for (const char c : value.content) bits = bits << 8U | static_cast<std::uint8_t>(c);
  return static_cast<std::int64_t>(bits);
}

}  // namespace exotap
