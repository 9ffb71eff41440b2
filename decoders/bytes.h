// Reads little-endian binary protocols front to back: the message bodies of MAPI/HTTP, the packets
// of RPC. Every size in them is hostile: what is not there reads as zero or empty, and the reader
// is broken from then on, so that a caller may read a whole structure and ask once.
// Pure; views point into the bytes given; nothing throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace exotap {

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  [[nodiscard]] std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  [[nodiscard]] std::uint32_t u32() { return number(4); }
  // The next `size` bytes.
  [[nodiscard]] std::string_view take(std::size_t size);
  // Up to and without the next zero byte, which is read too.
  [[nodiscard]] std::string_view text();
  void skip(std::size_t size) { (void)take(size); }

  [[nodiscard]] std::string_view rest() const { return bytes_.substr(at_); }
  // Bytes read so far; where it broke once it is broken.
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool broken() const { return broken_; }

 private:
  [[nodiscard]] std::uint32_t number(std::size_t size);

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool broken_ = false;
};

}  // namespace exotap
