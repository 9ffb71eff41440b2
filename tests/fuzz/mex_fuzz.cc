#include "decoders/signin/mex.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {"/adfs/services/trust/mex", "/pf/sts_mex.ping"};
  exotap::fuzzing::feed(exotap::kMexDecoder, kTargets, "", data, size);
  return 0;
}
