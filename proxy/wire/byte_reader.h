// Reads network byte order fields of TLS messages; never past the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace exotap::wire {

// After the first short read every further one fails. Views what it is given.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] std::string_view rest() const { return bytes_; }

  // `width` is at most 4 bytes.
  std::uint32_t number(std::size_t width) {
    const std::string_view taken = take(width);
    std::uint32_t value = 0;
    for (const char c : taken) value = (value << 8U) | static_cast<std::uint8_t>(c);
    return value;
  }
  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) {
      ok_ = false;
      bytes_ = {};
      return {};
    }
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  // A vector with a length of `width` bytes before it.
  ByteReader vector(std::size_t width) { return ByteReader(take(number(width))); }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace exotap::wire
