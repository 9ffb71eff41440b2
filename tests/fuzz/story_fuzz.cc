// A story file: bad input is an error with a place, never a crash.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "capture/story.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const exotap::StoryResult result = exotap::parse_story(text, "story.yml");
  if (result.story.has_value() == !result.error.empty()) std::abort();
  if (!result.error.empty() && !result.error.starts_with("story.yml:")) std::abort();
  return 0;
}
