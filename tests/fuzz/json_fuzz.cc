#include <cstdint>
#include <cstdlib>

#include "decoders/document_limits.h"
#include "decoders/json.h"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

std::size_t look_at(exotap::JsonValue value, std::size_t depth) {
  check(depth <= exotap::kMaxJsonDepth);
  std::size_t seen = 1;
  check(value.text().size() <= exotap::kMaxJsonBytes);
  (void)value.integer();
  (void)value.boolean();
  if (value.type() == exotap::JsonType::array) {
    for (std::size_t i = 0; i < value.size() && i < 20; ++i) {
      seen += look_at(value.at(i), depth + 1);
    }
  }
  if (const exotap::JsonValue member = value["a"]) seen += look_at(member, depth + 1);
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const exotap::JsonDocument document(text);
  check(document.ok() || !document.error().empty());
  check(!document.ok() || exotap::json_limit(text).empty());
  if (document.root()) look_at(document.root(), 0);
  return 0;
}
