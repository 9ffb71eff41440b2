// Literal HTTP text: whatever it is, the positions stay inside what is stored.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "capture/message_text.h"

namespace {

void read_as(std::string_view text, exotap::MessageKind kind) {
  const auto parsed = exotap::parse_message_text(text, kind);
  const auto* message = std::get_if<exotap::Message>(&parsed);
  if (message == nullptr) return;
  if (!message->head.text.ends_with("\r\n\r\n")) std::abort();
  for (std::size_t i = 0; i < message->head.fields.size(); ++i) {
    if (message->head.field(i).name.empty()) std::abort();
  }
  // What was stored reads again as the same head.
  const auto again = exotap::parse_message_text(message->head.text, kind);
  const auto* same = std::get_if<exotap::Message>(&again);
  if (same == nullptr || same->head.text != message->head.text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_as(text, exotap::MessageKind::request);
  read_as(text, exotap::MessageKind::answer);
  return 0;
}
