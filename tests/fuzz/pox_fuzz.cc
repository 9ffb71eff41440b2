#include "decoders/autodiscover/pox.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {"/autodiscover/autodiscover.xml"};
  exotap::fuzzing::feed(exotap::kPoxDecoder, kTargets, "text/xml", data, size);
  return 0;
}
