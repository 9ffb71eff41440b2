// Whatever a file holds, the reader comes to its end, and what it read can be written and read
// again with the same facts.
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "capture/ndjson.h"
#include "capture/ndjson_reader.h"

namespace {

bool same(const exotap::Facts& a, const exotap::Facts& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    // Texts may differ: they are redacted, and repaired where they were no UTF-8.
    if (a[i].spec != b[i].spec || a[i].number != b[i].number) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
  exotap::NdjsonReader reader(in, [](std::string_view) {});
  exotap::Redaction redaction(false, exotap::Pseudonyms(exotap::Pseudonyms::Key{}));
  exotap::Ndjson format(redaction, "run");
  while (const auto judged = reader.next()) {
    std::string line;
    format.append_exchange(line, judged->exchange->id, judged->exchange->started, judged->facts);
    if (line.size() > exotap::NdjsonReader::kMaxLine) continue;
    std::istringstream again(line);
    exotap::NdjsonReader second(again, nullptr);
    const auto twin = second.next();
    // Facts of one name are written together, so that their order may be another the first time.
    if (!twin || twin->facts.size() != judged->facts.size()) std::abort();
    std::string line_again;
    format.append_exchange(line_again, twin->exchange->id, twin->exchange->started, twin->facts);
    std::istringstream third(line_again);
    const auto triplet = exotap::NdjsonReader(third, nullptr).next();
    if (!triplet || !same(twin->facts, triplet->facts)) std::abort();
  }
  return 0;
}
