// Laws: as tests/fuzz/fuzzed_exchange.h has them.
#include "decoders/autodiscover/soap.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {"/autodiscover/autodiscover.svc",
                                           "/autodiscover/autodiscover.svc/WSSecurity"};
  exotap::fuzzing::feed(exotap::kAutodiscoverSoapDecoder, kTargets, "text/xml", data, size);
  return 0;
}
