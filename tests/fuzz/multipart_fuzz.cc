// Multipart bodies: the first line is the boundary. Parts lie inside the bytes, one behind the
// other, their fields inside their head; counts stay inside their bounds; and the root is one of
// the parts.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "decoders/media_type.h"
#include "decoders/multipart.h"

namespace {

void require(bool yes) {
  if (!yes) std::abort();
}

bool inside(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t line = bytes.find('\n');
  if (line == std::string_view::npos) return 0;
  const std::string_view type = bytes.substr(0, line);
  const std::string_view body = bytes.substr(line + 1);
  require(exotap::media_parameter(type, "start").size() <= type.size());

  const std::string boundary(exotap::media_parameter(type, "boundary"));
  exotap::MultipartReader reader(body, boundary);
  exotap::MultipartPart part;
  std::size_t count = 0;
  const char* behind = body.data();
  while (reader.next(part)) {
    ++count;
    require(inside(part.head, body) && inside(part.body, body));
    require(part.head.empty() || part.head.data() >= behind);
    if (!part.body.empty()) behind = part.body.data() + part.body.size();
    require(inside(part.field("content-id"), part.head));
    require(!part.type().empty());
  }
  require(count <= exotap::kMaxMultipartParts);
  require(!boundary.empty() || count == 0);
  require(inside(exotap::root_part(body, type).body, body));
  return 0;
}
