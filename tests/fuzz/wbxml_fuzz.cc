// The laws of the WBXML reader: it ends, it never goes past the bytes, what it opens it closes, and
// a body cut short tells the same as the whole one up to there.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "decoders/eas/message.h"
#include "decoders/eas/query.h"
#include "decoders/eas/wbxml.h"
#include "tests/fuzz/fuzzed_exchange.h"

namespace {

using exotap::eas::Element;
using exotap::eas::WbxmlReader;
using exotap::fuzzing::check;
using Event = WbxmlReader::Event;

struct Seen {
  Event event;
  Element element;
  std::string_view text;
  bool operator==(const Seen&) const = default;
};

bool is_end(Event event) { return event >= Event::end; }

std::vector<Seen> read(std::string_view bytes, Event& why) {
  WbxmlReader reader(bytes);
  std::vector<Seen> all;
  std::size_t depth = 0;
  for (;;) {
    const Event event = reader.next();
    check(reader.offset() <= bytes.size());
    check(reader.path().size() <= exotap::eas::kMaxDepth);
    if (is_end(event)) {
      why = event;
      check(reader.next() == event);
      check(reader.error().empty() == (event != Event::broken));
      check(event != Event::end || depth == 0);
      return all;
    }
    if (event == Event::open) ++depth;
    check(reader.path().size() == depth);
    check(depth > 0);
    // An entity's text lives in the reader: only its size is kept.
    all.push_back({event, reader.path().back(), reader.text().substr(0, 0)});
    if (event == Event::close) --depth;
    // Every event eats a byte; an element without content gives two for one.
    check(all.size() <= 2 * bytes.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Event why{};
  const std::vector<Seen> all = read(bytes, why);
  for (const std::size_t part : {size / 2, size - size / 4, size - (size > 0 ? 1 : 0)}) {
    Event why_part{};
    const std::vector<Seen> some = read(bytes.substr(0, part), why_part);
    check(some.size() <= all.size());
    for (std::size_t i = 0; i < some.size(); ++i) check(some[i] == all[i]);
    if (part < size && why == Event::cut) check(why_part == Event::cut);
  }
  const auto message = exotap::eas::read_message(bytes);
  check(message.statuses.size() <= exotap::eas::kMaxStatuses);
  check(message.statuses.size() <= message.status_count);
  check(message.cut == (why == Event::cut));
  check(message.error.empty() == (why != Event::broken));

  const auto query = exotap::eas::read_query(bytes);
  check(query.user.size() <= 320);
  check(query.device_id.size() <= 510);
  check((query.form == exotap::eas::Query::Form::packed) == exotap::eas::is_packed_query(bytes));
  return 0;
}
