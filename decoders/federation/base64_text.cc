#include "decoders/federation/base64_text.h"

#include <algorithm>
#include <iterator>

#include "decoders/ascii.h"
#include "decoders/base64.h"

namespace exotap {

std::optional<std::string> base64_bytes(std::string_view text, std::size_t limit) {
  if (text.size() / 2 > limit) return std::nullopt;  // no honest text is half line ends
  std::string letters;
  letters.reserve(text.size());
  std::remove_copy_if(text.begin(), text.end(), std::back_inserter(letters), is_space);
  while (letters.ends_with('=')) letters.pop_back();
  const std::size_t size = letters.size() * 6 / 8;
  if (size == 0 || size > limit) return std::nullopt;
  std::string bytes(size, '\0');
  const std::size_t written =
      decode_base64(letters, {reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
  if (written != size) return std::nullopt;
  return bytes;
}

}  // namespace exotap
