#include "decoders/eas/multipart.h"

#include <algorithm>
#include <cstddef>

namespace exotap::eas {
namespace {

constexpr std::size_t kNumber = 4;
constexpr std::size_t kPlace = 2 * kNumber;      // offset and size
constexpr std::uint32_t kMostParts = 1'000'000;  // more is no such answer

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = kNumber; i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

}  // namespace

std::optional<MultipartAnswer> read_multipart(std::string_view bytes) {
  if (bytes.size() < kNumber + kPlace) return std::nullopt;
  const std::uint32_t parts = number_at(bytes, 0);
  const std::uint32_t offset = number_at(bytes, kNumber);
  const std::uint32_t size = number_at(bytes, 2 * kNumber);
  const std::uint64_t head = kNumber + std::uint64_t{parts} * kPlace;
  if (parts == 0 || parts > kMostParts || offset < head) return std::nullopt;
  const std::size_t begin = std::min<std::size_t>(offset, bytes.size());
  return MultipartAnswer{parts, bytes.substr(begin, size), bytes.size() - begin < size};
}

}  // namespace exotap::eas
