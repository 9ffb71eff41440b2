#include "decoders/signin/realm.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {
      "/GetUserRealm.srf?login=mara%40contoso.com&xml=1",
      "/common/userrealm/mara%40contoso.com?api-version=1.0",
      "/common/userrealm/?user=mara%40contoso.com&api-version=2.1",
      "/common/GetCredentialType?mkt=en-US",
      "/common/userrealm",
  };
  exotap::fuzzing::feed(exotap::kRealmDecoder, kTargets, "application/json", data, size);
  return 0;
}
