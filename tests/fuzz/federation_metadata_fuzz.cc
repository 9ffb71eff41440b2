#include "decoders/federation/metadata.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {"/FederationMetadata/2007-06/FederationMetadata.xml"};
  exotap::fuzzing::feed(exotap::kFederationMetadataDecoder, kTargets, "", data, size);
  return 0;
}
