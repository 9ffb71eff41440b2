#include "decoders/entra/oauth.h"
#include "tests/fuzz/fuzzed_exchange.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kTargets[] = {
      "/common/oauth2/v2.0/token",
      "/common/oauth2/authorize?prompt=none&client_id=d3590ed6-52b3-4102-aeff-aad2292ab01c",
      "/common/oauth2/v2.0/devicecode",
      "/adfs/.well-known/openid-configuration",
      "/adfs/discovery/keys",
      "/common/discovery/instance",
      "/owa/",
  };
  exotap::fuzzing::feed(exotap::kOAuthDecoder, kTargets, "application/x-www-form-urlencoded", data,
                        size);
  return 0;
}
