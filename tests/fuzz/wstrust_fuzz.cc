#include "decoders/signin/wstrust.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {"/adfs/services/trust/13/usernamemixed", "/RST2.srf",
                                           "/own/path"};
  exotap::fuzzing::feed(exotap::kWsTrustDecoder, kTargets, "application/soap+xml", data, size);
  return 0;
}
