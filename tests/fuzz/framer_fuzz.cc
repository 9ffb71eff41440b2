// The framer is given any bytes, in any pieces: it takes no more than it was given, and says the
// same however they were cut. The first bytes choose direction, context, bounds and pieces.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "tests/proxy/http/framer_run.h"

namespace {

using namespace exotap::http;
using exotap::http::testing::Heard;

void require(bool held, const char* law) {
  if (held) return;
  std::fprintf(stderr, "broken: %s\n", law);
  std::abort();
}

std::vector<std::string_view> pieces_by(unsigned seed, std::string_view bytes) {
  std::vector<std::string_view> pieces;
  for (unsigned next = seed | 1u; !bytes.empty(); next = next * 1103515245u + 12345u) {
    const std::size_t size = std::min<std::size_t>(bytes.size(), 1 + (next >> 16) % 40);
    pieces.push_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return pieces;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const unsigned choice = data[0];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const auto direction = (choice & 1u) != 0 ? Direction::answers : Direction::requests;
  const AnswerContext context{.to_head = (choice & 2u) != 0, .to_connect = (choice & 4u) != 0};
  Limits limits;
  if ((choice & 8u) != 0) {
    limits = {.head = 300, .fields = 6, .chunk_line = 12, .trailers = 60, .recorded_body = 16};
  }

  const Heard whole = testing::hear(direction, {bytes}, context, limits);
  require(!whole.consumed_too_much, "no more is consumed than was given");
  require(whole.read_alike, "two readers see the same fields");
  for (const exotap::Message& message : whole.messages) {
    require(message.complete, "a message that ended is complete");
    require(message.body.size() <= limits.recorded_body, "no more body is kept than the bound");
    require(message.body.size() <= message.body_size, "the kept body is a part of the whole");
    require(message.head.text.size() <= limits.head, "no head is over its bound");
    for (std::size_t i = 0; i < message.head.fields.size(); ++i) (void)message.head.field(i);
  }
  require(whole.error != FramingError::none || whole.consumed <= bytes.size(), "sizes add up");

  const Heard split = testing::hear(direction, pieces_by(data[1], bytes), context, limits);
  require(same(whole, split), "pieces make no difference");
  const Heard bytewise = testing::hear(direction, testing::byte_by_byte(bytes), context, limits);
  require(same(whole, bytewise), "single bytes make no difference");
  return 0;
}
