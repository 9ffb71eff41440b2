#include "decoders/bytes.h"

namespace exotap {

std::string_view ByteReader::take(std::size_t size) {
  if (broken_ || size > bytes_.size() - at_) {
    broken_ = true;
    return {};
  }
  const std::string_view taken = bytes_.substr(at_, size);
  at_ += size;
  return taken;
}

std::string_view ByteReader::text() {
  const std::size_t size = broken_ ? std::string_view::npos : rest().find('\0');
  if (size == std::string_view::npos) {
    broken_ = true;
    return {};
  }
  return take(size + 1).substr(0, size);
}

std::uint32_t ByteReader::number(std::size_t size) {
  const std::string_view taken = take(size);
  std::uint32_t value = 0;
  for (std::size_t i = taken.size(); i > 0; --i) {
    value = (value << 8U) | static_cast<std::uint8_t>(taken[i - 1]);
  }
  return value;
}

}  // namespace exotap
